/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Numbers of sectors of 512 bytes. */
class SectorsTest {
  private static Sectors sectors(String size) {
    return Sectors.of(Bytes.parse(size));
  }

  @Test
  void aSectorHas512Bytes() {
    assertEquals(2097152, sectors("1GiB").count());
    assertEquals(Sectors.MEBIBYTE, sectors("1MiB"));
    assertEquals(Bytes.parse("1GiB"), new Sectors(2097152).bytes());
    assertEquals("2048s", Sectors.MEBIBYTE.toString());
  }

  @Test
  void aSizeThatEndsInASectorIsRefused() {
    assertEquals(
        "700B is not a whole number of sectors of 512 bytes",
        assertThrows(IllegalArgumentException.class, () -> sectors("700B")).getMessage());
  }

  @Test
  void sectorsCompareByTheirNumber() {
    assertTrue(sectors("1MiB").compareTo(sectors("2MiB")) < 0);
    assertTrue(sectors("2MiB").compareTo(sectors("1MiB")) > 0);
    assertEquals(0, sectors("1024MiB").compareTo(sectors("1GiB")));
    assertNotEquals(sectors("15MiB"), sectors("1MiB"));
  }

  @Test
  void sectorsAddAndSubtract() {
    assertEquals(sectors("2GiB"), sectors("1GiB").plus(sectors("1GiB")));
    assertEquals(sectors("1GiB"), sectors("2GiB").minus(sectors("1GiB")));
    assertThrows(IllegalArgumentException.class, () -> sectors("1GiB").minus(sectors("2GiB")));
  }

  @Test
  void sectorsRoundToAGrain() {
    Sectors grain = new Sectors(2048);
    assertEquals(new Sectors(4096), new Sectors(2049).roundedUpTo(grain));
    assertEquals(new Sectors(2048), new Sectors(2048).roundedUpTo(grain));
    assertEquals(new Sectors(2048), new Sectors(4095).roundedDownTo(grain));
  }
}
