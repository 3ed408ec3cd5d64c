/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.progress;

import java.time.Duration;

/** Times and sizes as people read them. */
final class Quantity {
  private static final String UNITS = "KMGT";

  private Quantity() {}

  /** {@code 0.4 s}, {@code 31.2 s}, {@code 2 min 05 s}, {@code 1 h 02 min}. */
  static String time(Duration duration) {
    long tenths = (duration.toMillis() + 50) / 100;
    if (tenths < 600) {
      return tenths / 10 + "." + tenths % 10 + " s";
    }
    long seconds = (duration.toMillis() + 500) / 1000;
    return seconds < 3600
        ? seconds / 60 + " min " + twoDigits(seconds % 60) + " s"
        : seconds / 3600 + " h " + twoDigits(seconds / 60 % 60) + " min";
  }

  /** {@code 0:07}, {@code 12:34}, {@code 1:02:03}. */
  static String clock(Duration duration) {
    long seconds = duration.toSeconds();
    String rest = twoDigits(seconds % 60);
    return seconds < 3600
        ? seconds / 60 + ":" + rest
        : seconds / 3600 + ":" + twoDigits(seconds / 60 % 60) + ":" + rest;
  }

  /** {@code 512 B}, {@code 1.5 GiB}. */
  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    int unit = 0;
    double value = bytes / 1024.0;
    // What would be rounded to 1024.0 belongs to the next unit.
    while (value >= 1023.95 && unit < UNITS.length() - 1) {
      value /= 1024;
      unit++;
    }
    long tenths = Math.round(value * 10);
    return tenths / 10 + "." + tenths % 10 + " " + UNITS.charAt(unit) + "iB";
  }

  private static String twoDigits(long number) {
    return number < 10 ? "0" + number : String.valueOf(number);
  }
}
