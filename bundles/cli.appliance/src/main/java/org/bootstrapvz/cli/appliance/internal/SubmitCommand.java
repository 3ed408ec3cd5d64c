/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.Terminal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;

/** Submits a manifest. */
@Component(service = Command.class)
@CommandDefinition(
    name = "submit",
    summary = "Submit a manifest to an appliance",
    category = CommandCategory.APPLIANCE,
    order = 3)
public final class SubmitCommand extends ApplianceCommand {
  static final String WAIT = "--wait";
  private static final String PRIORITY = "--priority";

  /** Called by the container. */
  @Activate
  public SubmitCommand() {
    this(stateOfHost());
  }

  SubmitCommand(Path state) {
    super(state);
  }

  @Override
  CommandSpec ownSpec() {
    return CommandSpec.create()
        .addPositional(Operands.path(0, "MANIFEST", "The manifest to build"))
        .addOption(Options.flag(WAIT, "Wait for the build to finish and exit with its status"))
        .addOption(
            Options.number(PRIORITY, "N", -100, 100, "Priority; higher runs first (default: 0)"));
  }

  @Override
  int run(ApplianceClient client, ParseResult arguments, Terminal terminal)
      throws ApplianceException, InterruptedException {
    Path file = Operands.value(arguments, 0);
    String text;
    try {
      if (Files.size(file) > ManifestReader.MAX_BYTES) {
        throw new ApplianceException(
            422, file + " is larger than " + ManifestReader.MAX_BYTES + " bytes", List.of());
      }
      text = Files.readString(file);
    } catch (IOException e) {
      throw new ApplianceException(422, "Cannot read " + FileProblem.describe(e), List.of());
    }
    JsonNode build =
        client.post(
            BUILDS
                + "?name="
                + ApplianceClient.encode(file.getFileName().toString())
                + "&priority="
                + Options.<Integer>value(arguments, PRIORITY).orElse(0),
            "application/yaml",
            text);
    return new SubmittedBuild(client, build, terminal).report(Options.has(arguments, WAIT));
  }
}
