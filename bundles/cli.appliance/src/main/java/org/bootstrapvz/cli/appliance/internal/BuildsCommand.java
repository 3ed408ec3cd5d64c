/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.bootstrapvz.cli.appliance.internal.JsonText.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.document.TextTable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;

/** Lists builds. */
@Component(service = Command.class)
@CommandDefinition(
    name = "builds",
    summary = "List the builds of an appliance, newest first",
    category = CommandCategory.APPLIANCE,
    order = 4)
public final class BuildsCommand extends ApplianceCommand {
  private static final String STATE = "--state";
  private static final String LIMIT = "--limit";
  private static final int DEFAULT_LIMIT = 20;

  /** Called by the container. */
  @Activate
  public BuildsCommand() {
    this(stateOfHost());
  }

  BuildsCommand(Path state) {
    super(state);
  }

  @Override
  CommandSpec ownSpec() {
    return CommandSpec.create()
        .addOption(
            Options.text(
                STATE, "STATE,...", "List only builds in these states, separated by commas"))
        .addOption(
            Options.number(
                LIMIT,
                "N",
                1,
                10_000,
                "Maximum number of builds (default: " + DEFAULT_LIMIT + ")"));
  }

  @Override
  int run(ApplianceClient client, ParseResult arguments, Terminal terminal)
      throws ApplianceException, InterruptedException {
    String states =
        Options.<String>value(arguments, STATE)
            .map(text -> "&state=" + ApplianceClient.encode(text))
            .orElse("");
    int limit = Options.<Integer>value(arguments, LIMIT).orElse(DEFAULT_LIMIT);
    JsonNode page = client.get(BUILDS + "?limit=" + limit + states);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ID", "STATE", "NAME", "PRIORITY", "SUBMITTED", "BY", ""));
    for (JsonNode build : page.path("builds")) {
      rows.add(
          List.of(
              text(build, "id"),
              text(build, "state"),
              text(build, "name"),
              text(build, "priority"),
              text(build, "submitted").replaceFirst("\\.\\d+", ""),
              text(build, "submitter"),
              text(build, "error").lines().findFirst().orElse("")));
    }
    TextTable.lines(rows).forEach(terminal.out()::println);
    return ExitStatus.DONE;
  }
}
