/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.Problem;
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
import org.bootstrapvz.cli.internal.MatrixPlans;
import org.bootstrapvz.cli.internal.MatrixPlans.Image;
import org.bootstrapvz.cli.internal.ProgramVersion;
import org.bootstrapvz.document.ValidationDocument;
import org.bootstrapvz.document.ValidationDocument.Checked;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Shows all problems of manifests. */
@Component
@CommandDefinition(
    name = "validate",
    summary = "Check manifests and show all their problems",
    category = CommandCategory.MANIFESTS,
    order = 1)
public final class ValidateCommand implements Command {
  private enum Format {
    TEXT,
    JSON,
    SARIF,
    GITHUB
  }

  private final Supplier<Planner> planner;
  private final Supplier<Machine> machine;

  /** Called by the container. */
  @Activate
  public ValidateCommand(
      @Reference ComponentServiceObjects<Planner> planners,
      @Reference ComponentServiceObjects<Machine> machines) {
    this(planners::getService, machines::getService);
  }

  /**
   * A command that uses this planner.
   *
   * @param machine the machine that would build the images
   */
  public static ValidateCommand of(Supplier<Planner> planner, Supplier<Machine> machine) {
    return new ValidateCommand(planner, machine);
  }

  private ValidateCommand(Supplier<Planner> planner, Supplier<Machine> machine) {
    this.planner = planner;
    this.machine = machine;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        MatrixOptions.add(ManifestOptions.add(CommandSpec.create()))
            .addPositional(Operands.paths("MANIFEST", "The manifests to check"))
            .addOption(Options.choice("--format", Format.class, "Output format (default: text)"));
    spec.usageMessage()
        .description(
            "json, sarif and github are written to standard output; github has the commands of"
                + " GitHub that mark the lines of a change.");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    List<Checked> checked =
        Operands.<Path>values(arguments).stream()
            .map(file -> ManifestOptions.source(file, arguments, terminal))
            .flatMap(source -> plan(source, arguments).stream())
            .map(this::check)
            .toList();
    ValidationDocument document = new ValidationDocument(checked);
    switch (Options.<Format>value(arguments, "--format").orElse(Format.TEXT)) {
      case TEXT -> print(checked, terminal);
      case JSON -> terminal.out().print(document.json());
      case SARIF -> terminal.out().print(document.sarif(ProgramVersion.get()));
      case GITHUB -> terminal.out().print(document.github());
    }
    return checked.stream().allMatch(Checked::valid) ? ExitStatus.DONE : ExitStatus.INPUT;
  }

  private List<Image> plan(ManifestSource source, ParseResult arguments) {
    Planner used = planner.get();
    return MatrixPlans.of(used, MatrixOptions.chosen(used.rows(source), arguments));
  }

  private Checked check(Image image) {
    Planning planning = image.planning();
    List<Problem> problems = new ArrayList<>(planning.problems());
    problems.addAll(planning.missingFiles(Problem.Severity.ERROR));
    planning
        .plan()
        .ifPresent(
            plan ->
                plan.unsupported(machine.get(), Problem.Severity.WARNING).ifPresent(problems::add));
    boolean valid =
        problems.stream().noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    return new Checked(image.source(), valid, problems);
  }

  /** Problems of several images of a manifest are printed once. */
  private static void print(List<Checked> checked, Terminal terminal) {
    ProblemReport report = new ProblemReport(terminal);
    Set<Problem> printed = new HashSet<>();
    for (Checked each : checked) {
      boolean ofMatrix = !each.source().row().isEmpty();
      report.print(
          each.problems().stream().filter(problem -> !ofMatrix || printed.add(problem)).toList());
      String name = each.source().file() + (ofMatrix ? " (" + each.source().rowText() + ")" : "");
      if (each.valid()) {
        terminal.out().println(name + ": valid");
      } else if (ofMatrix) {
        terminal.err().println(name + ": not valid");
      }
    }
  }
}
