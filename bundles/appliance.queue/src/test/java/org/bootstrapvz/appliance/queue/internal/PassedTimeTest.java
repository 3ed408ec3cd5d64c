/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PassedTimeTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final Duration LIMIT = Duration.ofDays(10);

  private static Instant ago(int days) {
    return NOW.minus(Duration.ofDays(days));
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }

  @Test
  void timeWithRecordsCountsInFull() {
    PassedTime passed = new PassedTime(List.of(ago(5), ago(24), ago(15)), NOW, LIMIT);

    assertEquals(days(24), passed.since(ago(24)));
    assertEquals(days(20), passed.since(ago(20)));
    assertEquals(days(34), passed.since(ago(34)));
    assertEquals(Optional.empty(), passed.lastGap());
  }

  @Test
  void timeWithoutRecordsCountsUpToTheLimit() {
    PassedTime passed = new PassedTime(List.of(ago(400), ago(405), ago(440)), NOW, LIMIT);

    assertEquals(days(10), passed.since(ago(400)));
    assertEquals(days(15), passed.since(ago(405)));
    assertEquals(days(25), passed.since(ago(440)));
    assertEquals(Optional.of(new PassedTime.Gap(ago(400), NOW, LIMIT)), passed.lastGap());
  }

  @Test
  void whatIsRecordedAfterAJumpDoesNotMakeOlderRecordsOlder() {
    Instant jumped = NOW.plus(days(400));
    PassedTime during =
        new PassedTime(List.of(ago(3), ago(1), NOW, jumped), jumped.plus(days(1)), LIMIT);
    assertEquals(days(14), during.since(ago(3)));

    PassedTime afterwards = new PassedTime(List.of(ago(3), ago(1), jumped), NOW, LIMIT);
    assertEquals(days(3), afterwards.since(ago(3)));
    assertEquals(Duration.ZERO, afterwards.since(jumped));
  }
}
