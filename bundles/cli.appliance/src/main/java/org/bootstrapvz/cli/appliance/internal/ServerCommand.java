/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.util.Optional;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A command that changes the stored token for a server. */
abstract class ServerCommand implements Command {
  /** Runs the command and returns the exit status. */
  abstract int run(
      ServerAddress server, SavedServers saved, ParseResult arguments, Terminal terminal)
      throws ApplianceException, InterruptedException;

  @Override
  public final int run(ParseResult arguments, Terminal terminal) {
    try {
      return run(
          server(arguments, terminal),
          SavedServers.of(terminal.environment()),
          arguments,
          terminal);
    } catch (ApplianceException e) {
      Style style = Style.of(Style.Mode.AUTO, terminal);
      terminal.err().println(style.error("bootstrap-vz: " + e.getMessage()));
      return ExitStatus.FAILED;
    } catch (InterruptedException e) {
      return ExitStatus.INTERRUPTED;
    }
  }

  /** The operand that names the server. */
  static PositionalParamSpec server() {
    return PositionalParamSpec.builder()
        .index("0")
        .arity("0..1")
        .type(String.class)
        .paramLabel("SERVER")
        .description("Address of the appliance (default: $BOOTSTRAP_VZ_SERVER)")
        .build();
  }

  private static ServerAddress server(ParseResult arguments, Terminal terminal)
      throws ApplianceException {
    Optional<String> typed =
        arguments.hasMatchedPositional(0)
            ? Optional.of(arguments.matchedPositional(0).<String>getValue())
            : Optional.empty();
    Optional<String> address =
        typed.or(() -> Connection.variable(terminal.environment(), Connection.SERVER_VARIABLE));
    if (address.isEmpty()) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(),
          "Missing argument: SERVER, such as https://images.example.org:8484");
    }
    return ServerAddress.parse(address.get());
  }
}
