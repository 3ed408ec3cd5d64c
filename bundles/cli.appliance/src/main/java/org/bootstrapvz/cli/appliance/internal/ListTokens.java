/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.bootstrapvz.cli.appliance.internal.JsonText.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.document.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;

/** Lists tokens. */
final class ListTokens extends ApplianceCommand {
  ListTokens(Path state) {
    super(state);
  }

  @Override
  CommandSpec ownSpec() {
    return CommandSpec.create();
  }

  @Override
  int run(ApplianceClient client, ParseResult arguments, Terminal terminal)
      throws ApplianceException, InterruptedException {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("NAME", "ROLE"));
    for (JsonNode token : client.get(TOKENS).path("tokens")) {
      rows.add(List.of(text(token, "name"), text(token, "role")));
    }
    TextTable.lines(rows).forEach(terminal.out()::println);
    return ExitStatus.DONE;
  }
}
