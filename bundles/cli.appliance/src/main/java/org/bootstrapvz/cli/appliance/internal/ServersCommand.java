/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.document.TextTable;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lists the servers for which tokens are stored. */
@Component
@CommandDefinition(
    name = "servers",
    summary = "List the appliances to which you are logged in",
    category = CommandCategory.APPLIANCE,
    order = 14)
public final class ServersCommand implements Command {
  @Override
  public CommandSpec spec() {
    return CommandSpec.create();
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    try {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("SERVER", "USER", "ROLE"));
      for (SavedServer server : SavedServers.of(terminal.environment()).all().values()) {
        rows.add(List.of(server.address().toString(), server.user(), server.role()));
      }
      TextTable.lines(rows).forEach(terminal.out()::println);
      return ExitStatus.DONE;
    } catch (ApplianceException e) {
      Style style = Style.of(Style.Mode.AUTO, terminal);
      terminal.err().println(style.error("bootstrap-vz: " + e.getMessage()));
      return ExitStatus.FAILED;
    }
  }
}
