/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.util.Optional;
import org.bootstrapvz.cli.Command;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** What the user asks for. */
sealed interface Request {
  /** To run a command. */
  record Run(Command command, ParseResult arguments) implements Request {}

  /** To show the help of a command, or the list of commands. */
  record Help(Optional<CommandLine> command) implements Request {}

  /** To show the version. */
  record Version() implements Request {}
}
