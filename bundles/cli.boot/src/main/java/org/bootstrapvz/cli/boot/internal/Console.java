/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import java.util.List;
import java.util.regex.Pattern;

/** The recent console output of a machine. */
final class Console {
  private static final int KEPT = 64 * 1024;
  private static final Pattern ESCAPES =
      Pattern.compile("\\x1b\\[[0-9;?=]*[A-Za-z]|\\x1b[()][A-Z0-9]|\\x1b.|[\\p{Cntrl}&&[^\\n\\t]]");

  private final StringBuilder text = new StringBuilder();

  /** Adds output; pieces may end anywhere. */
  void add(CharSequence piece) {
    text.append(piece);
    if (text.length() > 2 * KEPT) {
      text.delete(0, text.length() - KEPT);
    }
  }

  /** Whether the console shows the pattern. */
  boolean shows(Pattern pattern) {
    return pattern.matcher(text).find();
  }

  /** The text without control sequences. */
  static String withoutControls(CharSequence text) {
    return ESCAPES.matcher(text).replaceAll("");
  }

  /** The last lines that are not blank, without control sequences. */
  List<String> lastLines(int count) {
    List<String> lines = withoutControls(text).lines().filter(line -> !line.isBlank()).toList();
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }
}
