/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import java.util.Map;

/**
 * Colours for text that is printed to a {@link Terminal}.
 *
 * @param colours whether to use them
 */
public record Style(boolean colours) {

  /** When to use colours. */
  public enum Mode {
    /** If standard error is a terminal and the environment does not forbid it. */
    AUTO,
    /** Always. */
    ALWAYS,
    /** Never. */
    NEVER
  }

  /** The style for a terminal. */
  public static Style of(Mode mode, Terminal terminal) {
    return new Style(
        mode == Mode.ALWAYS
            || mode == Mode.AUTO && terminal.live() && !forbidden(terminal.environment()));
  }

  private static boolean forbidden(Map<String, String> environment) {
    return !environment.getOrDefault("NO_COLOR", "").isEmpty()
        || environment.containsKey("ANSI_COLORS_DISABLED");
  }

  /** For errors. */
  public String error(String text) {
    return sgr("31", text);
  }

  /** For warnings. */
  public String warning(String text) {
    return sgr("35", text);
  }

  /** For success. */
  public String good(String text) {
    return sgr("32", text);
  }

  /** For progress. */
  public String accent(String text) {
    return sgr("36", text);
  }

  /** For headings. */
  public String strong(String text) {
    return sgr("1", text);
  }

  /** For details. */
  public String faint(String text) {
    return sgr("2", text);
  }

  private String sgr(String code, String text) {
    return colours && !text.isEmpty()
        ? TerminalControl.of("\033[" + code + "m") + text + TerminalControl.of("\033[0m")
        : text;
  }
}
