/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.init;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.bootstrapvz.cli.Terminal;

/** Asks the user, if standard input is a terminal. */
final class Questions {
  private final Terminal terminal;
  private final BufferedReader answers;

  Questions(Terminal terminal) {
    this.terminal = terminal;
    this.answers = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
  }

  /**
   * Returns the answer to a question; the default if the user presses Enter, or cannot be asked.
   *
   * @param problem returns what is wrong with an answer, after which the question is repeated
   */
  String ask(String question, String initial, Function<String, Optional<String>> problem) {
    while (terminal.asks()) {
      terminal.err().print(question + " [" + initial + "]: ");
      terminal.err().flush();
      String line = line();
      String answer = line.isBlank() ? initial : line.strip();
      Optional<String> wrong = problem.apply(answer);
      if (wrong.isEmpty() || line.isEmpty() && answer.equals(initial)) {
        return answer;
      }
      terminal.err().println(wrong.get());
    }
    return initial;
  }

  private String line() {
    try {
      String line = answers.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      return "";
    }
  }
}
