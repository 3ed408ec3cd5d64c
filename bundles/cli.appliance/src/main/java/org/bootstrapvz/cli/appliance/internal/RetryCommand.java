/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.nio.file.Path;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.Terminal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;

/** Retries a build. */
@Component(service = Command.class)
@CommandDefinition(
    name = "retry",
    summary = "Submit the manifest of a finished build again",
    category = CommandCategory.APPLIANCE,
    order = 8)
public final class RetryCommand extends ApplianceCommand {
  /** Called by the container. */
  @Activate
  public RetryCommand() {
    this(stateOfHost());
  }

  RetryCommand(Path state) {
    super(state);
  }

  @Override
  CommandSpec ownSpec() {
    return CommandSpec.create()
        .addPositional(buildId())
        .addOption(
            Options.flag(
                SubmitCommand.WAIT, "Wait for the build to finish and exit with its status"));
  }

  @Override
  int run(ApplianceClient client, ParseResult arguments, Terminal terminal)
      throws ApplianceException, InterruptedException {
    JsonNode build = client.post(build(arguments) + "/retry", JSON, "");
    return new SubmittedBuild(client, build, terminal)
        .report(Options.has(arguments, SubmitCommand.WAIT));
  }
}
