/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The format, the order and the arithmetic of sizes in bytes. */
class BytesTest {
  private static final Bytes MIB = Bytes.parse("1MiB");
  private static final Bytes GIB = Bytes.parse("1GiB");
  private static final Bytes TWO_GIB = Bytes.parse("2GiB");

  @Test
  void everyUnitIsAPowerOf1024() {
    assertEquals(512, Bytes.parse("512B").count());
    assertEquals(1L << 10, Bytes.parse("1KiB").count());
    assertEquals(1L << 10, Bytes.parse("1KB").count());
    assertEquals(1L << 20, Bytes.parse("1MB").count());
    assertEquals(1073741824, GIB.count());
    assertEquals(1L << 40, Bytes.parse("1TiB").count());
    assertEquals(GIB, Bytes.parse("1024MiB"));
    assertEquals(MIB.times(3), Bytes.mebibytes(3));
  }

  @Test
  void aSizeIsAWholeNumberWithAUnit() {
    for (String text : new String[] {"", "10", "1.5GiB", "-1MiB", "1 GiB", "G", "1G", "1PiB"}) {
      assertEquals(
          "\""
              + text
              + "\" is not a size: write a whole number and a unit, for example 512MiB or"
              + " 2GiB",
          assertThrows(IllegalArgumentException.class, () -> Bytes.parse(text)).getMessage());
    }
  }

  @Test
  void aSizeBeyond63BitsIsRefused() {
    for (String text : new String[] {"9000000TiB", "99999999999999999999B"}) {
      assertEquals(
          "The size " + text + " is too large",
          assertThrows(IllegalArgumentException.class, () -> Bytes.parse(text)).getMessage());
    }
  }

  @Test
  void sizesCompareByTheirBytes() {
    assertTrue(MIB.compareTo(Bytes.parse("2MiB")) < 0);
    assertTrue(Bytes.parse("2MiB").compareTo(MIB) > 0);
    assertEquals(0, MIB.compareTo(Bytes.parse("1024KiB")));
    assertNotEquals(Bytes.parse("15MiB"), MIB);
  }

  @Test
  void sizesAddAndSubtract() {
    assertEquals(TWO_GIB, GIB.plus(GIB));
    assertEquals(GIB, TWO_GIB.minus(GIB));
    assertThrows(IllegalArgumentException.class, () -> GIB.minus(TWO_GIB));
    assertThrows(ArithmeticException.class, () -> new Bytes(Long.MAX_VALUE).plus(new Bytes(1)));
  }

  @Test
  void sizesMultiplyAndDivide() {
    assertEquals(TWO_GIB, GIB.times(2));
    assertEquals(GIB, TWO_GIB.dividedBy(2));
    assertEquals(2, TWO_GIB.dividedBy(GIB));
    assertEquals(1, GIB.dividedBy(Bytes.parse("768MiB")));
    assertEquals(Bytes.parse("256MiB"), GIB.modulo(Bytes.parse("768MiB")));
  }

  @Test
  void sizesRoundUp() {
    assertEquals(TWO_GIB, GIB.plus(new Bytes(1)).roundedUpTo(GIB));
    assertEquals(GIB, GIB.roundedUpTo(MIB));
  }

  @Test
  void theLargestUnitThatDividesEvenlyIsPrinted() {
    assertEquals("1MiB", Bytes.parse("1024KiB").toString());
    assertEquals("1536MiB", Bytes.parse("1536MiB").toString());
    assertEquals("1023B", Bytes.parse("1023B").toString());
    assertEquals("2048TiB", Bytes.parse("2048TiB").toString());
    assertEquals("0B", Bytes.parse("0GiB").toString());
  }
}
