/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.0 s, 0:00",
    "449, 0.4 s, 0:00",
    "31250, 31.3 s, 0:31",
    "59949, 59.9 s, 0:59",
    "59950, 1 min 00 s, 0:59",
    "125000, 2 min 05 s, 2:05",
    "3723000, 1 h 02 min, 1:02:03",
  })
  void timesAreReadable(long millis, String time, String clock) {
    assertEquals(time, Quantity.time(Duration.ofMillis(millis)));
    assertEquals(clock, Quantity.clock(Duration.ofMillis(millis)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1048575, 1.0 MiB",
    "536870912, 512.0 MiB",
    "1610612736, 1.5 GiB",
    "9007199254740992, 8192.0 TiB",
  })
  void sizesAreReadable(long bytes, String size) {
    assertEquals(size, Quantity.size(bytes));
  }
}
