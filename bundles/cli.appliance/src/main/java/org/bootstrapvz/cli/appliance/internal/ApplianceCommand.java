/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.nio.file.Path;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * A command that sends requests to an appliance: connects, and reports what the appliance refuses.
 */
abstract class ApplianceCommand implements Command {
  static final String BUILDS = "/api/v1/builds";
  static final String TOKENS = "/api/v1/tokens";
  static final String JSON = "application/json";

  private static final int UNPROCESSABLE = 422;

  private final Path state;

  /**
   * A command.
   *
   * @param state the state directory of an appliance on this host
   */
  ApplianceCommand(Path state) {
    this.state = state;
  }

  /** The state directory that the start script names. */
  static Path stateOfHost() {
    return Path.of(System.getProperty("bootstrapvz.state", "/var/lib/bootstrap-vz"), "appliance");
  }

  /** The options and operands, without those of the connection. */
  abstract CommandSpec ownSpec();

  /** Runs the command and returns the exit status. */
  abstract int run(ApplianceClient client, ParseResult arguments, Terminal terminal)
      throws ApplianceException, InterruptedException;

  @Override
  public final CommandSpec spec() {
    return Connection.addOptions(ownSpec());
  }

  @Override
  public final int run(ParseResult arguments, Terminal terminal) {
    try {
      ApplianceClient client = new Connection(terminal.environment(), state).client(arguments);
      return run(client, arguments, terminal);
    } catch (ApplianceException e) {
      Style style = Style.of(Style.Mode.AUTO, terminal);
      e.problems().forEach(line -> terminal.err().println(style.error(line)));
      terminal.err().println(style.error("bootstrap-vz: " + e.getMessage()));
      return e.status() == UNPROCESSABLE ? ExitStatus.INPUT : ExitStatus.FAILED;
    } catch (InterruptedException e) {
      return ExitStatus.INTERRUPTED;
    }
  }

  /** The operand of the commands for one build. */
  static PositionalParamSpec buildId() {
    return Operands.text(0, "ID", "The number of the build");
  }

  /** The path of the build that the arguments name. */
  static String build(ParseResult arguments) {
    String id = Operands.value(arguments, 0);
    if (!id.matches("\\d{1,18}")) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(), "\"" + id + "\" is not the number of a build");
    }
    return BUILDS + "/" + id;
  }
}
