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

/** Cancels a build. */
@Component(service = Command.class)
@CommandDefinition(
    name = "cancel",
    summary = "Cancel a build",
    category = CommandCategory.APPLIANCE,
    order = 7)
public final class CancelCommand extends ApplianceCommand {
  /** Called by the container. */
  @Activate
  public CancelCommand() {
    this(stateOfHost());
  }

  CancelCommand(Path state) {
    super(state);
  }

  @Override
  CommandSpec ownSpec() {
    return CommandSpec.create().addPositional(buildId());
  }

  @Override
  int run(ApplianceClient client, ParseResult arguments, Terminal terminal)
      throws ApplianceException, InterruptedException {
    JsonNode now = client.post(build(arguments) + "/cancel", JSON, "");
    terminal
        .err()
        .println(
            "Build "
                + text(now, "id")
                + (text(now, "state").equals("running")
                    ? " is being cancelled: it releases its resources first"
                    : " is cancelled"));
    return ExitStatus.DONE;
  }
}
