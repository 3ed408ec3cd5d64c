/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.host;

import java.time.Duration;
import java.util.List;

/**
 * The result of a command.
 *
 * @param status the exit status
 * @param output the lines of standard output, without those that a listener consumed
 * @param duration its duration
 */
public record CommandResult(int status, List<String> output, Duration duration) {
  /** Copies the output. */
  public CommandResult {
    output = List.copyOf(output);
  }

  /** Returns standard output as one text, without a newline at the end. */
  public String text() {
    return String.join("\n", output);
  }
}
