/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.time.DayOfWeek;
import java.time.LocalDateTime;

/** The time codes of {@code strftime} in the C locale; those of the time zone are empty. */
final class StrftimeFormat {
  static final String LETTERS = "aAbBcdfHIjmMpSUwWxXyYzZ";

  private static final String[] DAYS = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"
  };
  private static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };

  private StrftimeFormat() {}

  /** The meaning of a letter of {@link #LETTERS}. */
  static String format(char letter, LocalDateTime time) {
    int day = time.getDayOfWeek() == DayOfWeek.SUNDAY ? 0 : time.getDayOfWeek().getValue();
    return switch (letter) {
      case 'a' -> DAYS[day].substring(0, 3);
      case 'A' -> DAYS[day];
      case 'b' -> MONTHS[time.getMonthValue() - 1].substring(0, 3);
      case 'B' -> MONTHS[time.getMonthValue() - 1];
      case 'c' ->
          sequence("a b ", time)
              + (time.getDayOfMonth() < 10 ? " " : "")
              + time.getDayOfMonth()
              + sequence(" X Y", time);
      case 'd' -> digits(2, time.getDayOfMonth());
      case 'f' -> digits(6, time.getNano() / 1000);
      case 'H' -> digits(2, time.getHour());
      case 'I' -> digits(2, (time.getHour() + 11) % 12 + 1);
      case 'j' -> digits(3, time.getDayOfYear());
      case 'm' -> digits(2, time.getMonthValue());
      case 'M' -> digits(2, time.getMinute());
      case 'p' -> time.getHour() < 12 ? "AM" : "PM";
      case 'S' -> digits(2, time.getSecond());
      case 'U' -> digits(2, (time.getDayOfYear() + 6 - day) / 7);
      case 'w' -> String.valueOf(day);
      case 'W' -> digits(2, (time.getDayOfYear() + 6 - (day + 6) % 7) / 7);
      case 'x' -> sequence("m/d/y", time);
      case 'X' -> sequence("H:M:S", time);
      case 'y' -> digits(2, time.getYear() % 100);
      case 'Y' -> String.valueOf(time.getYear());
      case 'z', 'Z' -> "";
      default -> throw new IllegalArgumentException("%" + letter + " is not a time code");
    };
  }

  private static String sequence(String letters, LocalDateTime time) {
    StringBuilder text = new StringBuilder();
    for (char c : letters.toCharArray()) {
      text.append(LETTERS.indexOf(c) < 0 ? String.valueOf(c) : format(c, time));
    }
    return text.toString();
  }

  private static String digits(int width, int number) {
    // String.format would load more classes than reading a manifest.
    String digits = Integer.toString(number);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
