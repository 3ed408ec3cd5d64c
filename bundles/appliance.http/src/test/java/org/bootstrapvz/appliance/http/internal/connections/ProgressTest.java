/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.connections;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a client is too slow. */
class ProgressTest {
  private static final ConnectionLimits LIMITS =
      new ConnectionLimits(10, 10, Duration.ofSeconds(10), 100, address -> false);

  private long now;
  private final Progress progress = new Progress(LIMITS, () -> now);

  private void pass(int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void aHeadThatArrivesByteByByteIsOverdue() {
    for (int i = 0; i < 10; i++) {
      pass(1);
      progress.received(1);
      assertEquals(Optional.empty(), progress.fault());
    }
    pass(1);
    assertEquals(Optional.of("the head of a request takes too long"), progress.fault());
  }

  @Test
  void aBodyHasAMinimumRateAfterAWhile() {
    progress.requested(true);
    pass(10);
    assertEquals(Optional.empty(), progress.fault());
    progress.received(1000);
    pass(1);
    assertEquals(Optional.of("the body of a request arrives too slowly"), progress.fault());
    progress.received(100);
    assertEquals(Optional.empty(), progress.fault());
  }

  @Test
  void nothingIsExpectedOfAClientThatWaitsForItsAnswerOrIsIdle() {
    progress.requested(true);
    progress.bodyReceived();
    pass(1000);
    assertEquals(Optional.empty(), progress.fault());
    progress.answered();
    pass(1000);
    assertEquals(Optional.empty(), progress.fault());
    progress.received(1);
    pass(11);
    assertEquals(Optional.of("the head of a request takes too long"), progress.fault());
  }

  @Test
  void anAnswerHasAMinimumRateWhileTheConnectionIsBlocked() {
    progress.requested(false);
    progress.sent(100_000, false);
    pass(11);
    assertEquals(Optional.of("an answer is read too slowly"), progress.fault());
    progress.sent(1100, false);
    assertEquals(Optional.empty(), progress.fault());
    progress.sent(1, true);
    pass(1000);
    assertEquals(Optional.empty(), progress.fault());
  }
}
