/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.operations;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The notation of durations in configuration files: a whole number and a unit. */
public final class Durations {
  private static final Pattern NOTATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  /** A hundred years; a longer one would overflow where it is counted in nanoseconds. */
  private static final Duration MAX = Duration.ofDays(36_500);

  private Durations() {}

  /**
   * Reads a duration: {@code 500ms}, {@code 90s}, {@code 10m}, {@code 12h}, {@code 30d}.
   *
   * @throws IllegalArgumentException if the text is not a duration, or longer than 36500 days
   */
  public static Duration parse(String text) {
    Matcher matcher = NOTATION.matcher(text);
    if (matcher.matches()) {
      try {
        Duration duration =
            Duration.of(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2)));
        if (duration.compareTo(MAX) <= 0) {
          return duration;
        }
      } catch (ArithmeticException | NumberFormatException e) {
        // Too long; reported below.
      }
    }
    throw new IllegalArgumentException(
        "\""
            + text
            + "\" is not a duration: write a whole number and a unit, for example 500ms, 90s, 10m,"
            + " 12h or 30d, up to 36500d");
  }
}
