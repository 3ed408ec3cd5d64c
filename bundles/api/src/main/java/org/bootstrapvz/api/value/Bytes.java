/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size in bytes. Units are powers of 1024 whether written {@code GB} or {@code GiB}.
 *
 * @param count the number of bytes, not negative
 */
public record Bytes(long count) implements Comparable<Bytes> {
  private static final Pattern NOTATION = Pattern.compile("(\\d+)(?:([KMGT])i?B|B)");
  private static final String UNITS = "KMGT";

  /**
   * Creates a size in bytes.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Bytes {
    if (count < 0) {
      throw new IllegalArgumentException("A size cannot be negative: " + count);
    }
  }

  /**
   * Reads a whole number with a unit: {@code 512B}, {@code 64KiB}, {@code 2GB}.
   *
   * @throws IllegalArgumentException if the text is not a size or does not fit into 63 bits; the
   *     message describes the format
   */
  public static Bytes parse(String text) {
    Matcher matcher = NOTATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is not a size: write a whole number and a unit, for example 512MiB or 2GiB");
    }
    int exponent = matcher.group(2) == null ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
    try {
      return new Bytes(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * exponent)));
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("The size " + text + " is too large", e);
    }
  }

  /** Returns a size in MiB. */
  public static Bytes mebibytes(long count) {
    return new Bytes(Math.multiplyExact(count, 1L << 20));
  }

  /** Returns the sum. */
  public Bytes plus(Bytes other) {
    return new Bytes(Math.addExact(count, other.count));
  }

  /**
   * Returns the difference.
   *
   * @throws IllegalArgumentException if the other is larger
   */
  public Bytes minus(Bytes other) {
    return new Bytes(count - other.count);
  }

  /** Returns a multiple of this size. */
  public Bytes times(long factor) {
    return new Bytes(Math.multiplyExact(count, factor));
  }

  /** Returns a fraction of this size, rounded down to a byte. */
  public Bytes dividedBy(long parts) {
    return new Bytes(count / parts);
  }

  /** Returns how often the other size fits into this one, rounded down. */
  public long dividedBy(Bytes other) {
    return count / other.count;
  }

  /** Returns the remainder of the division by another size. */
  public Bytes modulo(Bytes other) {
    return new Bytes(count % other.count);
  }

  /** Returns this size, rounded up to a multiple of a grain. */
  public Bytes roundedUpTo(Bytes grain) {
    long rest = count % grain.count;
    return rest == 0 ? this : new Bytes(Math.addExact(count, grain.count - rest));
  }

  @Override
  public int compareTo(Bytes other) {
    return Long.compare(count, other.count);
  }

  /**
   * Returns the size in the largest unit that divides it evenly: {@code 1GiB}, {@code 1536MiB},
   * {@code 0B}.
   */
  @Override
  public String toString() {
    long value = count;
    int unit = 0;
    while (value != 0 && value % 1024 == 0 && unit < UNITS.length()) {
      value /= 1024;
      unit++;
    }
    return value + (unit == 0 ? "B" : UNITS.charAt(unit - 1) + "iB");
  }
}
