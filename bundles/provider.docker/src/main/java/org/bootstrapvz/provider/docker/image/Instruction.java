/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.image;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.problem.Suggestion;

/**
 * An instruction of a Dockerfile that affects the configuration of the image.
 *
 * @param keyword in upper case
 * @param arguments the text after it
 */
public record Instruction(String keyword, String arguments) {
  /** The instructions that configure an image. */
  static final List<String> KEYWORDS =
      List.of(
          "CMD",
          "ENTRYPOINT",
          "ENV",
          "EXPOSE",
          "LABEL",
          "MAINTAINER",
          "ONBUILD",
          "STOPSIGNAL",
          "USER",
          "VOLUME",
          "WORKDIR");

  private static final List<String> CHANGING_FILES = List.of("ADD", "COPY", "RUN");
  private static final List<String> ELSEWHERE = List.of("ARG", "FROM", "HEALTHCHECK", "SHELL");

  private static final Pattern LINE = Pattern.compile("([A-Za-z]+)(?:\\s+(.*))?", Pattern.DOTALL);
  private static final Pattern CONTINUATION = Pattern.compile("\\\\[ \\t]*\\R");

  /**
   * Parses an instruction.
   *
   * @throws IllegalArgumentException if it is invalid; the message, for users, has the remedy
   */
  public static Instruction parse(String text) {
    String line = CONTINUATION.matcher(text).replaceAll("").strip();
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is not an instruction. " + known());
    }
    String keyword = matcher.group(1).toUpperCase(Locale.ROOT);
    if (!KEYWORDS.contains(keyword)) {
      throw new IllegalArgumentException(refusal(keyword));
    }
    if (line.strip().lines().count() > 1) {
      throw new IllegalArgumentException(
          "There is more than one line. Write one instruction an item, or a backslash before the"
              + " line's end");
    }
    String arguments = matcher.group(2) == null ? "" : matcher.group(2);
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException(keyword + " needs a value");
    }
    return new Instruction(keyword, arguments);
  }

  /** Whether this is the keyword of any instruction of a Dockerfile. */
  static boolean isKeyword(String keyword) {
    return KEYWORDS.contains(keyword)
        || CHANGING_FILES.contains(keyword)
        || ELSEWHERE.contains(keyword);
  }

  private static String refusal(String keyword) {
    if (CHANGING_FILES.contains(keyword)) {
      return keyword
          + " changes files, which instructions here cannot do. Use the plugins commands and"
          + " file_copy for that";
    }
    if (ELSEWHERE.contains(keyword)) {
      return keyword + " has no place in the configuration of an OCI image. " + known();
    }
    return keyword
        + " is not a Dockerfile instruction. "
        + Suggestion.nearest(keyword, KEYWORDS)
            .map(nearest -> "Did you mean " + nearest + "?")
            .orElse(known());
  }

  private static String known() {
    return "Write one of " + String.join(", ", KEYWORDS);
  }
}
