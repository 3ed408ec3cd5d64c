/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.appliance.api.operations.Durations;
import org.bootstrapvz.appliance.queue.internal.store.HistoryStore;

/** Removes old builds of this appliance from the history, with their artefacts. */
final class Retention {
  private final QueueSettings settings;
  private final Supplier<Instant> clock;
  private final HistoryStore history;
  private final BuildSite site;
  private final BuildDirectories directories;

  Retention(
      QueueSettings settings, Supplier<Instant> clock, HistoryStore history, BuildSite site, BuildDirectories directories) {
    this.settings = settings;
    this.clock = clock;
    this.history = history;
    this.site = site;
    this.directories = directories;
  }

  /** Removes builds beyond the configured number, age and size. */
  void apply() {
    Instant now = clock.get();
    Duration keepFor = Durations.parse(settings.keepFor());
    Instant oldest = keepFor.isZero() ? Instant.MIN : now.minus(keepFor);
    long keepBytes = Bytes.parse(settings.keepSize()).count();
    long maxBytes = keepBytes == 0 ? Long.MAX_VALUE : keepBytes;
    long maxBuilds = settings.keepBuilds() == 0 ? Long.MAX_VALUE : settings.keepBuilds();
    long count = 0;
    long bytes = 0;
    for (HistoryStore.Old build : history.ended(site.instance())) {
      count++;
      bytes += build.bytes();
      boolean tooLarge = bytes > maxBytes && count > 1;
      if (count > maxBuilds || build.finished().isBefore(oldest) || tooLarge) {
        forget(build);
      }
    }
  }

  private void forget(HistoryStore.Old build) {
    // Files first: a build that is still in the history can be removed later.
    if (directories.delete(build.id())) {
      history.forget(build.id());
    }
  }
}
