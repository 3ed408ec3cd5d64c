/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.bootstrapvz.cli.appliance.internal.JsonText.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Terminal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;

/** Shows a build. */
@Component(service = Command.class)
@CommandDefinition(
    name = "show",
    summary = "Show a build of an appliance",
    category = CommandCategory.APPLIANCE,
    order = 5)
public final class ShowCommand extends ApplianceCommand {
  private static final List<String> MEMBERS =
      List.of(
          "id",
          "name",
          "state",
          "error",
          "task",
          "submitter",
          "priority",
          "submitted",
          "started",
          "finished",
          "appliance",
          "retryOf");

  private static final Set<String> ENDED =
      Set.of("succeeded", "failed", "rejected", "cancelled", "interrupted");

  /** Called by the container. */
  @Activate
  public ShowCommand() {
    this(stateOfHost());
  }

  ShowCommand(Path state) {
    super(state);
  }

  @Override
  CommandSpec ownSpec() {
    return CommandSpec.create().addPositional(buildId());
  }

  @Override
  int run(ApplianceClient client, ParseResult arguments, Terminal terminal)
      throws ApplianceException, InterruptedException {
    JsonNode build = client.get(build(arguments));
    for (String member : MEMBERS) {
      String value = text(build, member);
      if (!value.isEmpty()) {
        terminal.out().println(member + ": " + value);
      }
    }
    for (JsonNode action : build.path("actions")) {
      if (!text(action, "type").equals("submitted")) {
        String detail = text(action, "detail");
        terminal
            .out()
            .println(
                text(action, "type")
                    + (detail.isEmpty() ? "" : " (" + detail + ")")
                    + " by: "
                    + text(action, "by")
                    + ", "
                    + text(action, "time"));
      }
    }
    if (!ENDED.contains(text(build, "state"))) {
      terminal
          .out()
          .println("progress: " + Math.round(build.path("progress").asDouble() * 100) + " %");
    }
    build
        .path("phases")
        .propertyStream()
        .forEach(
            phase ->
                terminal
                    .out()
                    .println("  " + phase.getKey() + ": " + seconds(phase.getValue().asDouble())));
    Artefacts.print(build.path("artefacts"), terminal.out());
    return ExitStatus.DONE;
  }

  private static String seconds(double seconds) {
    return Math.round(seconds * 10) / 10.0 + " s";
  }
}
