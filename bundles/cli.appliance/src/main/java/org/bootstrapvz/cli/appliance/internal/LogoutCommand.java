/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Terminal;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Removes the stored token for a server. */
@Component(service = Command.class)
@CommandDefinition(
    name = "logout",
    summary = "Remove the stored token for an appliance on the network",
    category = CommandCategory.APPLIANCE,
    order = 13)
public final class LogoutCommand extends ServerCommand {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().addPositional(server());
    spec.usageMessage()
        .description("The token stays valid until an admin revokes it: bootstrap-vz token revoke.");
    return spec;
  }

  @Override
  int run(ServerAddress server, SavedServers saved, ParseResult arguments, Terminal terminal)
      throws ApplianceException {
    if (!saved.remove(server)) {
      throw new ApplianceException("You are not logged in to " + server);
    }
    terminal.err().println("Logged out of " + server);
    return ExitStatus.DONE;
  }
}
