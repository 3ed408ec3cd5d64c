/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * The result of a command.
 *
 * @param status the exit status
 * @param output the lines of standard output, without those that a listener consumed
 * @param duration its duration
 * @param missing why the output cannot be returned; empty if it can
 */
public record CommandResult(int status, List<String> output, Duration duration, String missing) {
  /** The size from which output is not returned as a result: 8 MiB, with 64 bytes for each line. */
  public static final long MAX_OUTPUT = 8 << 20;

  /** Copies the output. */
  public CommandResult {
    output = List.copyOf(output);
  }

  /** A result with the whole output. */
  public CommandResult(int status, List<String> output, Duration duration) {
    this(status, output, duration, "");
  }

  /** Returns the result of a command that printed more than {@link #MAX_OUTPUT}. */
  public static CommandResult withoutOutput(Command command, int status, Duration duration) {
    return new CommandResult(
        status,
        List.of(),
        duration,
        "The output of "
            + command.arguments().get(0)
            + " is longer than "
            + (MAX_OUTPUT >> 20)
            + " MiB, so it is only in the log. Read it with a listener for its lines, or write it"
            + " to a file");
  }

  /**
   * Returns the lines of standard output, without those that a listener consumed.
   *
   * @throws UncheckedIOException if the command printed more than {@link #MAX_OUTPUT}; use {@link
   *     Command#lines} to read it then
   */
  public List<String> output() {
    if (!missing.isEmpty()) {
      throw new UncheckedIOException(new IOException(missing));
    }
    return output;
  }

  /**
   * Returns standard output as one text, without a newline at the end.
   *
   * @throws UncheckedIOException if the command printed more than {@link #MAX_OUTPUT}
   */
  public String text() {
    return String.join("\n", output());
  }
}
