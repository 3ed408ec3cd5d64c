/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.cloud.internal;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ages as people write them: {@code 30m}, {@code 12h}, {@code 7d}. */
final class Age {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})([mhd])");
  private static final Map<String, Duration> UNITS =
      Map.of("m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

  private Age() {}

  /**
   * Parses an age.
   *
   * @throws IllegalArgumentException if it is none; the message is for users
   */
  static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not an age. Write a number with m, h or d: 30m, 12h, 7d");
    }
    return Objects.requireNonNull(UNITS.get(matcher.group(2)))
        .multipliedBy(Long.parseLong(matcher.group(1)));
  }

  static String text(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + "d";
    }
    return age.toHours() > 0 ? age.toHours() + "h" : age.toMinutes() + "m";
  }
}
