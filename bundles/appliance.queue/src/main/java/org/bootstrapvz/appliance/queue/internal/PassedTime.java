/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How much time has passed, for decisions that cannot be undone. Times of which there is a record
 * are certain; the time between two of them counts only up to a limit, as the clock may have
 * jumped.
 */
final class PassedTime {
  /** The time that passed from each recorded time until now. */
  private final NavigableMap<Instant, Duration> passed = new TreeMap<>();

  private final Duration limit;

  /**
   * A span without a record that is longer than the limit.
   *
   * @param counted how much of it counts
   */
  record Gap(Instant from, Instant to, Duration counted) {}

  private Optional<Gap> lastGap = Optional.empty();

  /**
   * @param recorded times in any order; those after {@code now} are ignored
   * @param limit how much of the time between two of them counts
   */
  PassedTime(Collection<Instant> recorded, Instant now, Duration limit) {
    this.limit = limit;
    NavigableMap<Instant, Duration> sorted = new TreeMap<>();
    recorded.forEach(time -> sorted.put(time, Duration.ZERO));
    passed.put(now, Duration.ZERO);
    Instant later = now;
    Duration sum = Duration.ZERO;
    for (Instant time : sorted.headMap(now, false).descendingKeySet()) {
      Duration span = Duration.between(time, later);
      if (span.compareTo(limit) > 0 && lastGap.isEmpty()) {
        lastGap = Optional.of(new Gap(time, later, limit));
      }
      sum = sum.plus(shorter(span, limit));
      passed.put(time, sum);
      later = time;
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** How much time has certainly passed since then; none if it is in the future. */
  Duration since(Instant time) {
    Map.Entry<Instant, Duration> next = passed.ceilingEntry(time);
    return next == null
        ? Duration.ZERO
        : next.getValue().plus(shorter(Duration.between(time, next.getKey()), limit));
  }

  /** The last span of which only a part counts. */
  Optional<Gap> lastGap() {
    return lastGap;
  }
}
