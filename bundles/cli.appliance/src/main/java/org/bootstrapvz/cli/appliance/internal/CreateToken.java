/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.bootstrapvz.cli.appliance.internal.JsonText.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.Terminal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Creates a token. */
final class CreateToken extends ApplianceCommand {
  private static final String ROLE = "--role";

  CreateToken(Path state) {
    super(state);
  }

  @Override
  CommandSpec ownSpec() {
    CommandSpec spec =
        CommandSpec.create()
            .addPositional(Operands.text(0, "NAME", "The name of the user"))
            .addOption(
                Options.required(
                    Options.choice(
                        ROLE,
                        "ROLE",
                        List.of("viewer", "builder", "admin"),
                        "Role of the user: viewer, builder or admin")));
    spec.usageMessage()
        .description("The token is shown only once: the appliance stores a hash of it.");
    return spec;
  }

  @Override
  int run(ApplianceClient client, ParseResult arguments, Terminal terminal)
      throws ApplianceException, InterruptedException {
    String name = Operands.value(arguments, 0);
    String role = Options.<String>value(arguments, ROLE).orElseThrow();
    String body = JsonMapper.shared().writeValueAsString(Map.of("name", name, "role", role));
    JsonNode created = client.post(TOKENS, JSON, body);
    terminal.out().println(text(created, "token"));
    terminal
        .err()
        .println("This token is not shown again. It gives access as " + name + ", " + role + ".");
    return ExitStatus.DONE;
  }
}
