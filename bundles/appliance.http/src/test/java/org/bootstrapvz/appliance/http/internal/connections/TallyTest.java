/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.connections;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lines in the log about what clients cause. */
class TallyTest {
  private long now;
  private final Tally tally = new Tally(() -> now);

  @Test
  void thereIsOneLineAMinuteHoweverOftenItHappens() {
    assertEquals(Optional.empty(), tally.due());
    tally.add("too slow");
    assertEquals(Optional.of("1 (too slow)"), tally.due());
    for (int i = 0; i < 1000; i++) {
      tally.add("too slow");
    }
    tally.add("too many");
    now += Duration.ofSeconds(59).toNanos();
    assertEquals(Optional.empty(), tally.due());
    now += Duration.ofSeconds(1).toNanos();
    assertEquals(Optional.of("1 (too many), 1000 (too slow)"), tally.due());
    assertEquals(Optional.empty(), tally.due());
  }
}
