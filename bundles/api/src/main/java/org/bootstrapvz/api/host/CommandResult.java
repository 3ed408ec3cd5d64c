/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.host;

import java.time.Duration;
import java.util.List;

/**
 * How a command ended.
 *
 * @param status the exit status
 * @param output the lines of standard output, without those a listener took
 * @param duration how long it ran
 */
public record CommandResult(int status, List<String> output, Duration duration) {
  /** A result with an immutable copy of the output. */
  public CommandResult {
    output = List.copyOf(output);
  }

  /** Standard output as one text, lines joined by newlines, without a newline at the end. */
  public String text() {
    return String.join("\n", output);
  }
}
