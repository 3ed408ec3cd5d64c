/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.util.Optional;
import picocli.CommandLine;

/** The command line has an error; the message explains it. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Optional<CommandLine> command;

  UsageException(String message) {
    super(message);
    this.command = Optional.empty();
  }

  UsageException(String message, CommandLine command) {
    super(message);
    this.command = Optional.of(command);
  }

  /** The command whose arguments are wrong; empty if the command itself is unknown. */
  Optional<CommandLine> command() {
    return command;
  }
}
