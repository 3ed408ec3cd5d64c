/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.bootstrapvz.cli.appliance.internal.JsonText.text;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Terminal;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;

/** Stores the token for a server. */
@Component(service = Command.class)
@CommandDefinition(
    name = "login",
    summary = "Store the token for an appliance on the network",
    category = CommandCategory.APPLIANCE,
    order = 12)
public final class LoginCommand extends ServerCommand {
  private static final String NAME = "[^\\p{Cntrl}]{1,200}";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Connection.addAuthority(CommandSpec.create().addPositional(server()));
    spec.usageMessage()
        .description(
            "The token is read from standard input, or from the terminal without being shown. It is"
                + " stored, if the server accepts it, in $XDG_CONFIG_HOME/bootstrap-vz/servers.json"
                + " (default: ~/.config), which only you can read, and is sent to this server"
                + " only.",
            "",
            "The appliance on this machine needs no login.");
    return spec;
  }

  @Override
  int run(ServerAddress server, SavedServers saved, ParseResult arguments, Terminal terminal)
      throws ApplianceException, InterruptedException {
    server.checkConfidential();
    Secret token = token(server, terminal);
    Optional<Path> authority =
        Connection.authority(terminal.environment(), arguments).map(Path::toAbsolutePath);
    JsonNode caller =
        new ApplianceClient(new HttpTransport(server, token, authority)).get("/api/v1/session");
    String user = text(caller, "name");
    String role = text(caller, "role");
    if (!user.matches(NAME) || !role.matches(NAME)) {
      throw new ApplianceException(
          "The response of " + server + " is not that of an appliance; check the address");
    }
    saved.put(new SavedServer(server, token, user, role, authority));
    terminal.err().println("Logged in to " + server + " as " + user + ", " + role);
    return ExitStatus.DONE;
  }

  private static Secret token(ServerAddress server, Terminal terminal) throws ApplianceException {
    if (terminal.asks()) {
      return AccessToken.of(typed(server), "The token");
    }
    try {
      String line =
          new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8))
              .readLine();
      return AccessToken.of(line == null ? "" : line, "Standard input");
    } catch (IOException e) {
      throw new ApplianceException("Cannot read the token from standard input");
    }
  }

  /** Asks without showing what is typed. */
  private static String typed(ServerAddress server) throws ApplianceException {
    Console console = System.console();
    if (console == null) {
      throw new ApplianceException(
          "To ask for the token, standard output must be a terminal, too; or pass the token on"
              + " standard input");
    }
    char[] typed = console.readPassword("Token for %s: ", server);
    return typed == null ? "" : new String(typed);
  }
}
