/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.connections;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Counts what clients can cause at will, so that the log has one line a minute about it, however
 * often it happens. Safe for use by several threads.
 */
final class Tally {
  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier clock;

  /** By reason. Guarded by this. */
  private final Map<String, Integer> counts = new TreeMap<>();

  /** When the last line was due. Guarded by this. */
  private long last;

  Tally(LongSupplier clock) {
    this.clock = clock;
    last = clock.getAsLong() - PAUSE_NANOS;
  }

  /** Counts. */
  synchronized void add(String reason) {
    counts.merge(reason, 1, Integer::sum);
  }

  /** What was counted since the last line, such as {@code 3 (a reason)}; empty if none is due. */
  synchronized Optional<String> due() {
    long now = clock.getAsLong();
    if (counts.isEmpty() || now - last < PAUSE_NANOS) {
      return Optional.empty();
    }
    last = now;
    String line =
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " (" + entry.getKey() + ")")
            .collect(Collectors.joining(", "));
    counts.clear();
    return Optional.of(line);
  }
}
