/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.ManifestOptions;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.ProblemReport;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.document.PlanDocument;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Shows what a build of a manifest would do. */
@Component
@CommandDefinition(
    name = "plan",
    summary = "Show the task list of a manifest without building it",
    category = CommandCategory.IMAGES,
    order = 2)
public final class PlanCommand implements Command {
  private enum Format {
    TEXT,
    JSON,
    DOT,
    SVG
  }

  private final Supplier<Planner> planner;

  /** Called by the container. */
  @Activate
  public PlanCommand(@Reference ComponentServiceObjects<Planner> planners) {
    this(planners::getService);
  }

  /** A command that uses this planner. */
  public static PlanCommand of(Supplier<Planner> planner) {
    return new PlanCommand(planner);
  }

  private PlanCommand(Supplier<Planner> planner) {
    this.planner = planner;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        ManifestOptions.add(CommandSpec.create())
            .addPositional(Operands.path(0, "MANIFEST", "The manifest to plan"))
            .addOption(
                Options.choice(
                    "--format",
                    Format.class,
                    "Output format (default: by the extension of the output file, otherwise text)"))
            .addOption(
                Options.path("--output", "FILE", "Write to this file instead of standard output"));
    spec.usageMessage()
        .description(
            "json has the relations between the tasks as well; dot is for Graphviz; svg is a picture.");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    Planning planning =
        planner
            .get()
            .plan(ManifestOptions.source(Operands.value(arguments, 0), arguments, terminal));
    ProblemReport report = new ProblemReport(terminal);
    report.print(planning.problems());
    report.print(planning.missingFiles(Problem.Severity.WARNING));
    if (planning.plan().isEmpty()) {
      return ExitStatus.INPUT;
    }
    Optional<Path> output = Options.value(arguments, "--output");
    Format format =
        Options.<Format>value(arguments, "--format").orElseGet(() -> byExtension(output));
    String text = render(planning.plan().get(), format);
    if (output.isEmpty()) {
      terminal.out().print(text);
      return ExitStatus.DONE;
    }
    try {
      Files.writeString(output.get(), text);
      return ExitStatus.DONE;
    } catch (IOException e) {
      terminal
          .err()
          .println(
              Style.of(Style.Mode.AUTO, terminal).error("Cannot write " + FileProblem.describe(e)));
      return ExitStatus.INPUT;
    }
  }

  private static Format byExtension(Optional<Path> file) {
    String name = file.map(Path::toString).orElse("");
    String extension = name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
    return switch (extension) {
      case "JSON", "DOT", "SVG" -> Format.valueOf(extension);
      default -> Format.TEXT;
    };
  }

  private static String render(Plan plan, Format format) {
    return switch (format) {
      case TEXT -> TextPlan.of(plan);
      case JSON -> PlanDocument.of(plan).indentedJson();
      case DOT -> DotPlan.of(plan);
      case SVG -> SvgPlan.of(PlanDocument.of(plan));
    };
  }
}
