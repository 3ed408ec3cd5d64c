/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import org.osgi.annotation.versioning.ConsumerType;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * A command of {@code bootstrap-vz}, registered as a service with the properties of {@link
 * CommandDefinition}. The list of commands is made from these properties; the service itself is
 * fetched only when its command is run, or when its options are needed for help, completion or
 * manual pages. So a command must not do anything costly when it is created.
 *
 * <p>A command may also be a part of another one, such as {@code token create}: see {@link
 * NestedCommands}.
 */
@ConsumerType
public interface Command {
  /**
   * Returns the options and operands, new at each call. The name, the summary and {@code --help}
   * are added by the caller. A description of the returned model is shown below the summary.
   */
  CommandSpec spec();

  /**
   * Runs the command, on the main thread, which is interrupted on Ctrl+C.
   *
   * @param arguments what the user typed, which fits {@link #spec}
   * @return the exit status, one of {@link ExitStatus}
   * @throws ParameterException if the arguments are wrong in a way that {@link #spec} cannot
   *     express; the message is shown with the usage of the command, and the exit status is {@link
   *     ExitStatus#USAGE}
   */
  int run(ParseResult arguments, Terminal terminal);
}
