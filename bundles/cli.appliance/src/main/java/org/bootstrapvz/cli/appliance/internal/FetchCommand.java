/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.bootstrapvz.cli.appliance.internal.JsonText.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.Terminal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;

/** Downloads the artefacts of a build. */
@Component(service = Command.class)
@CommandDefinition(
    name = "fetch",
    summary = "Download the artefacts of a build and verify their checksums",
    category = CommandCategory.APPLIANCE,
    order = 10)
public final class FetchCommand extends ApplianceCommand {
  private static final String OUTPUT = "--output";

  /** Called by the container. */
  @Activate
  public FetchCommand() {
    this(stateOfHost());
  }

  FetchCommand(Path state) {
    super(state);
  }

  @Override
  CommandSpec ownSpec() {
    return CommandSpec.create()
        .addPositional(buildId())
        .addOption(Options.path(OUTPUT, "DIR", "Output directory (default: current directory)"));
  }

  @Override
  int run(ApplianceClient client, ParseResult arguments, Terminal terminal)
      throws ApplianceException, InterruptedException {
    String build = build(arguments);
    Path directory = Options.<Path>value(arguments, OUTPUT).orElse(Path.of(""));
    List<JsonNode> artefacts = Artefacts.of(client, build);
    if (artefacts.isEmpty()) {
      throw new ApplianceException("The build has no artefacts, or has not finished");
    }
    try {
      Files.createDirectories(directory.toAbsolutePath());
    } catch (IOException e) {
      throw new ApplianceException("Cannot create " + FileProblem.describe(e));
    }
    for (JsonNode artefact : artefacts) {
      if (!Artefacts.isFile(artefact, terminal.err())) {
        continue;
      }
      String name = text(artefact, "name");
      checkName(name);
      Path target = directory.resolve(name);
      boolean downloaded =
          new Download(
                  client,
                  build + "/artefacts/" + ApplianceClient.encode(name),
                  target,
                  artefact.path("size").asLong(),
                  text(artefact, "sha256"))
              .run();
      terminal.out().println(target + (downloaded ? "" : " (already downloaded)"));
    }
    return ExitStatus.DONE;
  }

  /** Refuses a path: the server must not choose where this host writes. */
  private static void checkName(String name) throws ApplianceException {
    Path only = Path.of(name).getFileName();
    if (only == null || !only.toString().equals(name) || name.equals("..") || name.equals(".")) {
      throw new ApplianceException(
          "The name of the artefact \"" + name + "\" is a path; it is not downloaded");
    }
  }
}
