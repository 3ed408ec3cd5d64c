/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.value;

/**
 * A number of sectors of 512 bytes, the unit of partition tables.
 *
 * @param count the number of sectors, not negative
 */
public record Sectors(long count) implements Comparable<Sectors> {
  /** The bytes of a sector. */
  public static final int SIZE = 512;

  /** The sectors of a MiB. */
  public static final Sectors MEBIBYTE = new Sectors((1 << 20) / SIZE);

  /**
   * Creates a number of sectors.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Sectors {
    if (count < 0) {
      throw new IllegalArgumentException("A number of sectors cannot be negative: " + count);
    }
  }

  /**
   * Returns a size in sectors.
   *
   * @throws IllegalArgumentException if it is not a whole number of sectors
   */
  public static Sectors of(Bytes size) {
    if (size.count() % SIZE != 0) {
      throw new IllegalArgumentException(size + " is not a whole number of sectors of 512 bytes");
    }
    return new Sectors(size.count() / SIZE);
  }

  /** Returns the size in bytes. */
  public Bytes bytes() {
    return new Bytes(Math.multiplyExact(count, (long) SIZE));
  }

  /** Returns the sum. */
  public Sectors plus(Sectors other) {
    return new Sectors(Math.addExact(count, other.count));
  }

  /**
   * Returns the difference.
   *
   * @throws IllegalArgumentException if the other is larger
   */
  public Sectors minus(Sectors other) {
    return new Sectors(count - other.count);
  }

  /** Returns the number rounded up to a multiple of a grain. */
  public Sectors roundedUpTo(Sectors grain) {
    return new Sectors((count + grain.count - 1) / grain.count * grain.count);
  }

  /** Returns the number rounded down to a multiple of a grain. */
  public Sectors roundedDownTo(Sectors grain) {
    return new Sectors(count / grain.count * grain.count);
  }

  @Override
  public int compareTo(Sectors other) {
    return Long.compare(count, other.count);
  }

  /** {@code 2048s}. */
  @Override
  public String toString() {
    return count + "s";
  }
}
