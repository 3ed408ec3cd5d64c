/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.operations;

import org.bootstrapvz.api.value.Bytes;

/**
 * What a setting with a unit accepts.
 *
 * @param kind duration or size
 * @param min the minimum, in the notation of the setting
 * @param max the maximum, in the notation of the setting
 */
public record Quantity(Kind kind, String min, String max) {
  private static final String MAX_DURATION = "36500d";
  private static final String MAX_SIZE = "8388607TiB";

  /** What is measured. */
  public enum Kind {
    /** A duration, read by {@link Durations#parse}. */
    DURATION,
    /** A size, read by {@link Bytes#parse}. */
    SIZE
  }

  /** A duration of at least {@code min}, such as {@code 50ms}. */
  public static Quantity duration(String min) {
    return duration(min, MAX_DURATION);
  }

  /** A duration from {@code min} to {@code max}. */
  public static Quantity duration(String min, String max) {
    return new Quantity(Kind.DURATION, min, max);
  }

  /** A size of at least {@code min}, such as {@code 1KiB}. */
  public static Quantity size(String min) {
    return size(min, MAX_SIZE);
  }

  /** A size from {@code min} to {@code max}. */
  public static Quantity size(String min, String max) {
    return new Quantity(Kind.SIZE, min, max);
  }

  /** Whether a text is such a quantity, from the minimum to the maximum. */
  public boolean accepts(String text) {
    try {
      return kind == Kind.DURATION
          ? isBetween(Durations.parse(text), Durations.parse(min), Durations.parse(max))
          : isBetween(Bytes.parse(text), Bytes.parse(min), Bytes.parse(max));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static <T extends Comparable<T>> boolean isBetween(T value, T min, T max) {
    return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
  }

  /** What is accepted, for messages: {@code a duration such as 90s, at least 2s}. */
  public String domain() {
    return (kind == Kind.DURATION
            ? "a duration such as 500ms, 90s, 10m, 12h or 30d"
            : "a size such as 512MiB or 2GiB")
        + (min.matches("0\\D*") ? "" : ", at least " + min)
        + (max.equals(MAX_DURATION) || max.equals(MAX_SIZE) ? "" : ", at most " + max);
  }
}
