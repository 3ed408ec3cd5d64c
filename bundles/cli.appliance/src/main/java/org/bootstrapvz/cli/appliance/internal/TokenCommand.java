/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.nio.file.Path;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.NestedCommands;
import org.bootstrapvz.cli.Terminal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Manages access tokens. */
@Component
@CommandDefinition(
    name = "token",
    summary = "Create, list and revoke access tokens",
    category = CommandCategory.APPLIANCE,
    order = 11)
public final class TokenCommand implements Command {
  private final NestedCommands nested;

  /** Called by the container. */
  @Activate
  public TokenCommand() {
    this(ApplianceCommand.stateOfHost());
  }

  TokenCommand(Path state) {
    nested =
        new NestedCommands()
            .add("create", "Create a token and print it", new CreateToken(state), "add")
            .add("list", "List the tokens by name and role", new ListTokens(state))
            .add("revoke", "Revoke a token", new RevokeToken(state), "remove");
  }

  @Override
  public CommandSpec spec() {
    return nested.addTo(CommandSpec.create());
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    return nested.run(arguments, terminal);
  }
}
