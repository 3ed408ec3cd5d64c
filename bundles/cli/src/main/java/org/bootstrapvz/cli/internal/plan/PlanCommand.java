/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.ManifestOptions;
import org.bootstrapvz.cli.MatrixOptions;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.ProblemReport;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.MatrixPlans;
import org.bootstrapvz.cli.internal.MatrixPlans.Image;
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
        MatrixOptions.add(ManifestOptions.add(CommandSpec.create()))
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
    Optional<Path> output = Options.value(arguments, "--output");
    Format format =
        Options.<Format>value(arguments, "--format").orElseGet(() -> byExtension(output));
    Planner used = planner.get();
    List<ManifestSource> rows =
        used.rows(ManifestOptions.source(Operands.value(arguments, 0), arguments, terminal));
    List<Image> images =
        MatrixPlans.of(
            used,
            format == Format.TEXT
                ? MatrixOptions.chosen(rows, arguments)
                : List.of(MatrixOptions.one(rows, arguments)));
    ProblemReport report = new ProblemReport(terminal);
    Set<Problem> problems = new LinkedHashSet<>();
    for (Image image : images) {
      problems.addAll(image.planning().problems());
      problems.addAll(image.planning().missingFiles(Problem.Severity.WARNING));
    }
    report.print(problems);
    StringBuilder plans = new StringBuilder();
    for (Image image : images) {
      if (image.planning().plan().isEmpty()) {
        return ExitStatus.INPUT;
      }
      if (images.size() > 1) {
        plans.append(plans.isEmpty() ? "" : "\n").append("# ").append(image.name()).append("\n\n");
      }
      plans.append(render(image.planning().plan().get(), format));
    }
    String text = plans.toString();
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
