/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.value;

/**
 * Shows foreign text on a terminal: characters that would control the terminal, or change the order
 * of the text, are shown as {@code \x1b} or {@code \u202e}.
 */
public final class VisibleText {
  private VisibleText() {}

  /** Returns a text of several lines for a terminal; newlines and tabs stay as they are. */
  public static String of(String text) {
    return visible(text, true);
  }

  /** Returns a text for one line of a terminal: newlines and tabs are shown as well. */
  public static String onOneLine(String text) {
    return visible(text, false);
  }

  private static String visible(String text, boolean severalLines) {
    StringBuilder shown = null;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      boolean layout = severalLines && (character == '\n' || character == '\t');
      boolean harmless = layout || !controls(character);
      if (!harmless && shown == null) {
        shown = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (shown != null) {
        if (harmless) {
          shown.appendCodePoint(character);
        } else {
          shown.append(escaped(character));
        }
      }
      i += Character.charCount(character);
    }
    return shown == null ? text : shown.toString();
  }

  /**
   * Returns whether a character controls the terminal: C0 including newline and tab, DEL, C1, line
   * and paragraph separators, marks of the writing direction, and lone surrogates.
   */
  public static boolean controls(int character) {
    return character < 0x20
        || character >= 0x7f && character < 0xa0
        || character == 0x61c
        || character == 0x200e
        || character == 0x200f
        || character >= 0x2028 && character <= 0x202e
        || character >= 0x2066 && character <= 0x2069
        || character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
  }

  /** Returns how a character is shown; above ASCII that is also its escape in JSON. */
  public static String escaped(int character) {
    return String.format(character < 0x7f ? "\\x%02x" : "\\u%04x", character);
  }
}
