/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A terminal that keeps what is written to it. */
public final class TestTerminal {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** One that is a file. */
  public Terminal plain() {
    return terminal(false, false, "");
  }

  /** One that can be redrawn. */
  public Terminal live() {
    return terminal(true, false, "");
  }

  /** One at which a person types this. */
  public Terminal typing(String input) {
    return terminal(false, true, input);
  }

  private Terminal terminal(boolean live, boolean asks, String input) {
    return new Terminal(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        live,
        asks,
        80,
        true,
        Map.of("PATH", ""));
  }

  /** What was written to standard output. */
  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** What was written to standard error. */
  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
