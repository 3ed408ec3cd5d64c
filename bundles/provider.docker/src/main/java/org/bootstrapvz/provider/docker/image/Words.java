/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits and expands the arguments of an instruction like Docker, which is similar to a shell. */
final class Words {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:(\\w+)|\\{(\\w+)(?::([-+])([^}]*))?})");

  private final String text;
  private final Map<String, String> variables;
  private final List<String> words = new ArrayList<>();
  private StringBuilder word = new StringBuilder();
  private boolean inWord;

  private Words(String text, Map<String, String> variables) {
    this.text = text;
    this.variables = variables;
  }

  /**
   * The words of a text, with quotes removed and variables replaced.
   *
   * @throws IllegalArgumentException if a quote is not closed or a variable is malformed
   */
  static List<String> split(String text, Map<String, String> variables) {
    Words words = new Words(text, variables);
    words.read(true);
    return words.words;
  }

  /** The text as one word, with quotes removed and variables replaced. */
  static String expand(String text, Map<String, String> variables) {
    Words words = new Words(text, variables);
    words.read(false);
    return String.join("", words.words);
  }

  private void read(boolean atBlanks) {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (atBlanks && Character.isWhitespace(c)) {
        finish();
        at++;
      } else if (c == '\'' || c == '"') {
        at = quoted(at);
      } else {
        at = one(at, "");
      }
    }
    finish();
  }

  private void finish() {
    if (inWord) {
      words.add(word.toString());
      word = new StringBuilder();
      inWord = false;
    }
  }

  private int quoted(int start) {
    char quote = text.charAt(start);
    inWord = true;
    int at = start + 1;
    while (at < text.length() && text.charAt(at) != quote) {
      if (quote == '\'') {
        word.append(text.charAt(at++));
      } else {
        at = one(at, "\"\\$");
      }
    }
    if (at == text.length()) {
      throw new IllegalArgumentException("The quote " + quote + " is not closed: " + text);
    }
    return at + 1;
  }

  /**
   * Reads a character, an escaped character, or a variable; returns the index after it.
   *
   * @param escapable the characters that a backslash escapes; empty for all
   */
  private int one(int at, String escapable) {
    inWord = true;
    char c = text.charAt(at);
    boolean last = at + 1 == text.length();
    if (c == '\\'
        && !last
        && (escapable.isEmpty() || escapable.indexOf(text.charAt(at + 1)) >= 0)) {
      word.append(text.charAt(at + 1));
      return at + 2;
    }
    if (c != '$' || last || !(text.charAt(at + 1) == '{' || isName(text.charAt(at + 1)))) {
      word.append(c);
      return at + 1;
    }
    Matcher variable = VARIABLE.matcher(text).region(at, text.length());
    if (!variable.lookingAt()) {
      throw new IllegalArgumentException(
          "A variable is written $NAME, ${NAME}, ${NAME:-default} or ${NAME:+instead}: " + text);
    }
    word.append(value(variable));
    return variable.end();
  }

  private static boolean isName(char c) {
    return c == '_' || c < 128 && Character.isLetterOrDigit(c);
  }

  private String value(Matcher variable) {
    String name = variable.group(1) != null ? variable.group(1) : variable.group(2);
    String value = variables.getOrDefault(name, "");
    String other = variable.group(4);
    if ("-".equals(variable.group(3))) {
      return value.isEmpty() ? other : value;
    }
    return "+".equals(variable.group(3)) ? value.isEmpty() ? "" : other : value;
  }
}
