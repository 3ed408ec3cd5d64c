/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.bootstrapvz.cli.appliance.internal.JsonText.text;

import java.nio.file.Path;
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

/** Lists artefacts, in the format of {@code sha256sum --check}. */
@Component(service = Command.class)
@CommandDefinition(
    name = "artefacts",
    summary = "List the artefacts of a build with their checksums",
    category = CommandCategory.APPLIANCE,
    order = 9)
public final class ArtefactsCommand extends ApplianceCommand {
  /** Called by the container. */
  @Activate
  public ArtefactsCommand() {
    this(stateOfHost());
  }

  ArtefactsCommand(Path state) {
    super(state);
  }

  @Override
  CommandSpec ownSpec() {
    return CommandSpec.create().addPositional(buildId());
  }

  @Override
  int run(ApplianceClient client, ParseResult arguments, Terminal terminal)
      throws ApplianceException, InterruptedException {
    for (JsonNode artefact : Artefacts.of(client, build(arguments))) {
      if (Artefacts.isFile(artefact, terminal.err())) {
        terminal.out().println(text(artefact, "sha256") + "  " + text(artefact, "name"));
      }
    }
    return ExitStatus.DONE;
  }
}
