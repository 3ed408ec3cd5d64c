/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The terminal, or what takes its place, of a command. What is printed is foreign text: control
 * characters other than newline and tab are shown, not sent. Commands send their own with {@link
 * Style} and {@link TerminalControl}.
 *
 * @param out for results
 * @param err for progress and problems
 * @param in standard input
 * @param live whether {@code err} is a terminal whose lines can be redrawn
 * @param asks whether standard input is a terminal, so that the user can be asked
 * @param columns width of the terminal
 * @param unicode whether more than ASCII can be shown
 * @param environment the environment variables
 */
public record Terminal(
    PrintStream out,
    PrintStream err,
    InputStream in,
    boolean live,
    boolean asks,
    int columns,
    boolean unicode,
    Map<String, String> environment) {

  /** Shows control characters that are printed to the streams. */
  public Terminal {
    out = VisibleOutput.to(out);
    err = VisibleOutput.to(err);
  }

  /** The terminal of this process. The start script passes what Java cannot find out. */
  public static Terminal ofProcess() {
    Map<String, String> environment = System.getenv();
    return new Terminal(
        new PrintStream(System.out, false, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        System.in,
        Boolean.getBoolean("bootstrapvz.terminal") && !"dumb".equals(environment.get("TERM")),
        inputIsTerminal(),
        Integer.getInteger("bootstrapvz.columns", 80),
        "UTF-8".equalsIgnoreCase(System.getProperty("native.encoding")),
        environment);
  }

  /** {@code System.console()} also looks at standard output, so it is no answer. */
  private static boolean inputIsTerminal() {
    try {
      String name = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
      return name.startsWith("/dev/pts/")
          || name.startsWith("/dev/tty")
          || name.equals("/dev/console");
    } catch (IOException e) {
      return false;
    }
  }
}
