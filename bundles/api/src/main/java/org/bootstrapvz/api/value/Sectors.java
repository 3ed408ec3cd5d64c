/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.value;

/**
 * A number of sectors of 512 bytes, as partition tables count them.
 *
 * @param count the number of sectors, not negative
 */
public record Sectors(long count) implements Comparable<Sectors> {
  /** Bytes in a sector. */
  public static final int SIZE = 512;

  /** The sectors in a MiB. */
  public static final Sectors MEBIBYTE = new Sectors((1 << 20) / SIZE);

  /**
   * That many sectors.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Sectors {
    if (count < 0) {
      throw new IllegalArgumentException("A number of sectors cannot be negative: " + count);
    }
  }

  /**
   * A size in sectors.
   *
   * @throws IllegalArgumentException if it is not a whole number of sectors
   */
  public static Sectors of(Bytes size) {
    if (size.count() % SIZE != 0) {
      throw new IllegalArgumentException(size + " is not a whole number of sectors of 512 bytes");
    }
    return new Sectors(size.count() / SIZE);
  }

  /** This many sectors in bytes. */
  public Bytes bytes() {
    return new Bytes(Math.multiplyExact(count, (long) SIZE));
  }

  /** The sum of both. */
  public Sectors plus(Sectors other) {
    return new Sectors(Math.addExact(count, other.count));
  }

  /**
   * The difference.
   *
   * @throws IllegalArgumentException if the other is larger
   */
  public Sectors minus(Sectors other) {
    return new Sectors(count - other.count);
  }

  /** Rounded up to a multiple of a grain. */
  public Sectors roundedUpTo(Sectors grain) {
    return new Sectors((count + grain.count - 1) / grain.count * grain.count);
  }

  /** Rounded down to a multiple of a grain. */
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
