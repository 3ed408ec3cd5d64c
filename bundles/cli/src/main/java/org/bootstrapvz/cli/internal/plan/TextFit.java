/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Fits text into a width without knowing the font. The widths are those of a wide sans-serif, so
 * that the text also fits in the fonts that are narrower.
 */
final class TextFit {
  private static final String ELLIPSIS = "\u2026";

  private TextFit() {}

  /** The width of a text at a font size, a little too much rather than too little. */
  static double width(String text, double size) {
    double width = 0;
    for (int i = 0; i < text.length(); i++) {
      width += relativeWidth(text.charAt(i));
    }
    return width * size;
  }

  private static double relativeWidth(char c) {
    if ("ijl.,:;'|! ".indexOf(c) >= 0) {
      return 0.31;
    }
    if ("frtI()[]/-".indexOf(c) >= 0) {
      return 0.42;
    }
    if ("mwMW@\u2026".indexOf(c) >= 0) {
      return 0.96;
    }
    if (c > 0x2e80) {
      return 1;
    }
    return Character.isUpperCase(c) ? 0.71 : 0.62;
  }

  /** The text, cut with an ellipsis if it is too long. */
  static String cut(String text, double size, double room) {
    if (width(text, size) <= room) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end) + ELLIPSIS, size) > room) {
      end--;
    }
    return text.substring(0, end).stripTrailing() + ELLIPSIS;
  }

  /** The text in at most so many lines; the last one is cut if it is too long. */
  static List<String> wrap(String text, double size, double room, int lines) {
    List<String> wrapped = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split("\\s+")) {
      boolean last = wrapped.size() == lines - 1;
      if (line.length() > 0 && !last && width(line + " " + word, size) > room) {
        wrapped.add(cut(line.toString(), size, room));
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    wrapped.add(cut(line.toString(), size, room));
    return wrapped;
  }
}
