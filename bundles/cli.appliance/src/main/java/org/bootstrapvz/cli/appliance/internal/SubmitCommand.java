/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.ManifestOptions;
import org.bootstrapvz.cli.MatrixOptions;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.Terminal;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
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

  private final Supplier<ManifestReader> reader;

  /** Called by the container. */
  @Activate
  public SubmitCommand(@Reference ComponentServiceObjects<ManifestReader> readers) {
    this(stateOfHost(), readers::getService);
  }

  SubmitCommand(Path state, Supplier<ManifestReader> reader) {
    super(state);
    this.reader = reader;
  }

  @Override
  CommandSpec ownSpec() {
    return MatrixOptions.add(ManifestOptions.add(CommandSpec.create()))
        .addPositional(Operands.path(0, "MANIFEST", "The manifest to build"))
        .addOption(Options.flag(WAIT, "Wait for the build to finish and exit with its status"))
        .addOption(
            Options.number(PRIORITY, "N", -100, 100, "Priority; higher runs first (default: 0)"));
  }

  @Override
  int run(ApplianceClient client, ParseResult arguments, Terminal terminal)
      throws ApplianceException, InterruptedException {
    ManifestReader used = reader.get();
    List<Submission> submissions = new ArrayList<>();
    for (ManifestSource row :
        MatrixOptions.chosen(
            used.rows(ManifestOptions.source(Operands.value(arguments, 0), arguments, terminal)),
            arguments)) {
      submissions.add(Submission.of(row, used));
    }
    List<SubmittedBuild> builds = new ArrayList<>();
    for (Submission submission : submissions) {
      builds.add(submit(submission, client, arguments, terminal));
    }
    int worst = ExitStatus.DONE;
    for (SubmittedBuild build : builds) {
      worst = Math.max(worst, build.report(Options.has(arguments, WAIT)));
    }
    return worst;
  }

  private static SubmittedBuild submit(
      Submission submission, ApplianceClient client, ParseResult arguments, Terminal terminal)
      throws ApplianceException, InterruptedException {
    try {
      JsonNode build =
          client.post(
              BUILDS
                  + "?name="
                  + ApplianceClient.encode(submission.name())
                  + "&priority="
                  + Options.<Integer>value(arguments, PRIORITY).orElse(0),
              "application/yaml",
              submission.text());
      return new SubmittedBuild(client, build, terminal);
    } catch (ApplianceException e) {
      throw e.translated(submission::place);
    }
  }
}
