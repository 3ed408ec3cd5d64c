/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.manifest;

import java.util.function.Supplier;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.ManifestOptions;
import org.bootstrapvz.cli.MatrixOptions;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.ProblemReport;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.document.ManifestText;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Prints a manifest with all that it includes. */
@Component
@CommandDefinition(
    name = "render",
    summary = "Print a manifest with its includes, variables and settings",
    category = CommandCategory.MANIFESTS,
    order = 4)
public final class RenderCommand implements Command {
  private enum Format {
    YAML,
    JSON
  }

  private final Supplier<Planner> planner;

  /** Called by the container. */
  @Activate
  public RenderCommand(@Reference ComponentServiceObjects<Planner> planners) {
    this(planners::getService);
  }

  /** A command that uses this planner. */
  public static RenderCommand of(Supplier<Planner> planner) {
    return new RenderCommand(planner);
  }

  private RenderCommand(Supplier<Planner> planner) {
    this.planner = planner;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        MatrixOptions.add(ManifestOptions.add(CommandSpec.create()))
            .addPositional(Operands.path(0, "MANIFEST", "The manifest to print"))
            .addOption(Options.choice("--format", Format.class, "Output format (default: yaml)"));
    spec.usageMessage()
        .description(
            "A comment in each line names the file and line that the value comes from. Secrets are"
                + " not printed.");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    Planner used = planner.get();
    Planning planning =
        used.plan(
            MatrixOptions.one(
                used.rows(
                    ManifestOptions.source(Operands.value(arguments, 0), arguments, terminal)),
                arguments));
    new ProblemReport(terminal).print(planning.problems());
    if (planning.plan().isEmpty()) {
      return ExitStatus.INPUT;
    }
    ManifestText text = ManifestText.masked(planning.plan().get().manifest());
    switch (Options.<Format>value(arguments, "--format").orElse(Format.YAML)) {
      case YAML -> terminal.out().print(text.annotated());
      case JSON -> terminal.out().print(text.json());
    }
    return ExitStatus.DONE;
  }
}
