/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.host;

import java.util.List;
import org.bootstrapvz.api.problem.BuildException;

/** A command could not be started, or ended with a status that its caller does not accept. */
public final class CommandException extends BuildException {
  private static final long serialVersionUID = 1L;

  private final String command;
  private final int status;
  private final transient List<String> tail;

  /**
   * @param command the command line for people, without secrets
   * @param status the exit status, or -1 if the command could not be started
   * @param tail the last lines of its standard output and of its standard error, in the order in
   *     which they came
   */
  public CommandException(String command, int status, List<String> tail) {
    super(message(command, status, tail));
    this.command = command;
    this.status = status;
    this.tail = List.copyOf(tail);
  }

  private static String message(String command, int status, List<String> tail) {
    StringBuilder text = new StringBuilder();
    text.append(
        status < 0
            ? "The command could not be started: "
            : "The command ended with status " + status + ": ");
    text.append(command);
    for (String line : tail) {
      text.append("\n  ").append(line);
    }
    return text.toString();
  }

  /** Returns the command line for people. */
  public String command() {
    return command;
  }

  /** Returns the exit status, or -1 if the command could not be started. */
  public int status() {
    return status;
  }

  /** Returns the last lines that it printed. */
  public List<String> tail() {
    return tail == null ? List.of() : tail;
  }
}
