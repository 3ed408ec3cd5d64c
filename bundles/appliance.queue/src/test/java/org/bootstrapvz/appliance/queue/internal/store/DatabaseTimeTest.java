/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DatabaseTimeTest {
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

  private final AtomicLong nanoTime = new AtomicLong(-5);
  private final DatabaseTime time = new DatabaseTime(nanoTime::get);

  private Instant answer(Instant time, Duration took) {
    nanoTime.addAndGet(took.toNanos());
    return time;
  }

  @Test
  void theTimeOfTheDatabaseIsAdvancedByMonotonicTime() throws Exception {
    assertFalse(time.isKnown());
    assertEquals(Optional.empty(), time.now());

    time.read(() -> answer(NOON, Duration.ZERO));
    nanoTime.addAndGet(Duration.ofMinutes(3).toNanos());

    assertEquals(Optional.of(NOON.plusSeconds(180)), time.now());
  }

  @Test
  void theTimeIsThatOfTheMiddleBetweenQuestionAndAnswer() throws Exception {
    time.read(() -> answer(NOON, Duration.ofSeconds(1)));

    assertEquals(Optional.of(NOON.plusMillis(500)), time.now());
  }

  @Test
  void aSlowAnswerIsUsedOnlyIfThereIsNoOther() throws Exception {
    time.read(() -> answer(NOON, Duration.ofMinutes(2)));
    assertEquals(Optional.of(NOON.plusSeconds(60)), time.now());

    time.read(() -> answer(NOON.plusSeconds(1000), Duration.ofMinutes(2)));

    assertEquals(Optional.of(NOON.plusSeconds(180)), time.now());
  }

  @Test
  void aDatabaseWhoseClockWasSetIsFollowed() throws Exception {
    time.read(() -> answer(NOON, Duration.ZERO));

    time.read(() -> answer(NOON.minusSeconds(3600), Duration.ZERO));

    assertEquals(Optional.of(NOON.minusSeconds(3600)), time.now());
  }
}
