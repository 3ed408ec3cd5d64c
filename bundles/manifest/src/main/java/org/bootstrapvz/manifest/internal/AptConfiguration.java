/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.Optional;

/** Checks the syntax of apt configuration, not the names of its settings. */
final class AptConfiguration {
  private AptConfiguration() {}

  /** Returns the error in a piece of apt configuration, with its line. */
  static Optional<String> problem(String text) {
    int open = 0;
    int openLine = 0;
    int words = 0;
    int wordLine = 0;
    int line = 1;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean separates = true;
      if (c == '\n') {
        line++;
      } else if (c == '"') {
        int end = text.indexOf('"', i + 1);
        if (end < 0 || text.substring(i, end).contains("\n")) {
          return Optional.of("Line " + line + " has a quote that is not closed");
        }
        wordLine = words == 0 ? line : wordLine;
        words += inWord ? 0 : 1;
        separates = false;
        i = end;
      } else if (text.startsWith("//", i) || (c == '#' && !directive(text, i))) {
        int end = text.indexOf('\n', i);
        i = (end < 0 ? text.length() : end) - 1;
      } else if (text.startsWith("/*", i)) {
        int end = text.indexOf("*/", i + 2);
        if (end < 0) {
          return Optional.of("Line " + line + " has a comment that is not closed");
        }
        line += (int) text.substring(i, end).chars().filter(x -> x == '\n').count();
        i = end + 1;
      } else if (c == '{') {
        if (words != 1) {
          return Optional.of("Line " + line + " has a { that does not follow a name");
        }
        open++;
        openLine = line;
        words = 0;
      } else if (c == '}') {
        if (words > 0) {
          return unfinished(wordLine);
        }
        if (--open < 0) {
          return Optional.of("Line " + line + " has a } without a {");
        }
      } else if (c == ';') {
        words = 0;
      } else if (!Character.isWhitespace(c)) {
        wordLine = words == 0 ? line : wordLine;
        words += inWord ? 0 : 1;
        separates = false;
      }
      inWord = !separates;
      if (words > 2) {
        return unfinished(wordLine);
      }
    }
    if (words > 0) {
      return unfinished(wordLine);
    }
    return open > 0
        ? Optional.of("Line " + openLine + " has a { that is not closed")
        : Optional.empty();
  }

  private static boolean directive(String text, int at) {
    return text.startsWith("#clear", at) || text.startsWith("#include", at);
  }

  private static Optional<String> unfinished(int line) {
    return Optional.of(
        "The statement that starts in line " + line + " does not end with a semicolon");
  }
}
