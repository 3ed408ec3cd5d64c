/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {
  private final ConnectionLimit limit = new ConnectionLimit();

  private void succeed(int count, int millis) {
    for (int i = 0; i < count; i++) {
      limit.succeeded(Duration.ofMillis(millis));
    }
  }

  @Test
  void moreAreTriedWhileTheLatencyHolds() {
    assertEquals(8, limit.get());
    succeed(8, 100);
    assertEquals(12, limit.get());
    succeed(1000, 110);
    assertEquals(32, limit.get());
  }

  @Test
  void theNumberStaysWhenTheLatencyGrows() {
    succeed(8, 100);
    succeed(100, 200);
    assertEquals(12, limit.get());
  }

  @Test
  void fewerAreTriedWhenTheyOnlyWaitForEachOther() {
    succeed(8, 100);
    succeed(12, 400);
    assertEquals(9, limit.get());
  }

  @Test
  void failuresHalveItButNeverToZero() {
    limit.failed();
    assertEquals(4, limit.get());
    for (int i = 0; i < 10; i++) {
      limit.failed();
    }
    assertEquals(1, limit.get());
    succeed(1, 100);
    assertTrue(limit.get() > 1);
  }
}
