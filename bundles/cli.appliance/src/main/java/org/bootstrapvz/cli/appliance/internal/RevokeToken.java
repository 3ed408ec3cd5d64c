/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.nio.file.Path;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Terminal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Revokes a token. */
final class RevokeToken extends ApplianceCommand {
  RevokeToken(Path state) {
    super(state);
  }

  @Override
  CommandSpec ownSpec() {
    return CommandSpec.create().addPositional(Operands.text(0, "NAME", "The name of the user"));
  }

  @Override
  int run(ApplianceClient client, ParseResult arguments, Terminal terminal)
      throws ApplianceException, InterruptedException {
    String name = Operands.value(arguments, 0);
    client.delete(TOKENS + "/" + ApplianceClient.encode(name));
    terminal.err().println("Revoked the token of " + name);
    return ExitStatus.DONE;
  }
}
