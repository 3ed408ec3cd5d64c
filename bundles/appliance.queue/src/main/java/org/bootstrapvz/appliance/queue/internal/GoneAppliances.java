/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.bootstrapvz.appliance.queue.internal.store.ApplianceStore;

/**
 * The appliances that do not exist any more: without a heartbeat for 30 days, and while this one
 * looked. Used by one thread.
 */
final class GoneAppliances {
  /** An appliance that is switched off for a shorter time keeps its history. */
  static final Duration GONE_AFTER = Duration.ofDays(30);

  /** What an appliance that is alive cannot exceed. */
  private static final Duration SILENT = ApplianceStore.ALIVE_TIMEOUT;

  /**
   * A heartbeat as this appliance found it.
   *
   * @param time of the heartbeat
   * @param since monotonic time when it was found first
   */
  private record Found(long time, long since) {}

  private final ApplianceStore appliances;
  private final LongSupplier nanoTime;
  private final Map<String, Found> last = new HashMap<>();

  /**
   * @param nanoTime monotonic time
   */
  GoneAppliances(ApplianceStore appliances, LongSupplier nanoTime) {
    this.appliances = appliances;
    this.nanoTime = nanoTime;
  }

  /** Their instances. */
  List<String> find(PassedTime passed) {
    long now = nanoTime.getAsLong();
    return appliances.known().stream()
        .filter(
            each -> {
              Found found =
                  last.compute(
                      each.instance(),
                      (key, known) ->
                          known != null && known.time() == each.seen().toEpochMilli()
                              ? known
                              : new Found(each.seen().toEpochMilli(), now));
              return now - found.since() > SILENT.toNanos()
                  && passed.since(each.seen()).compareTo(GONE_AFTER) > 0;
            })
        .map(ApplianceStore.Known::instance)
        .toList();
  }
}
