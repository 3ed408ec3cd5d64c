/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.manifest;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.ProblemReport;
import org.bootstrapvz.cli.Terminal;
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
  public ValidateCommand(Supplier<Planner> planner, Supplier<Machine> machine) {
    this.planner = planner;
    this.machine = machine;
  }

  @Override
  public CommandSpec spec() {
    return CommandSpec.create().addPositional(Operands.paths("MANIFEST", "The manifests to check"));
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    ProblemReport report = new ProblemReport(terminal);
    Planner checker = planner.get();
    Machine builder = machine.get();
    boolean allValid = true;
    for (Path file : Operands.<Path>values(arguments)) {
      Planning planning = checker.plan(file);
      report.print(planning.problems());
      planning
          .plan()
          .flatMap(plan -> plan.unsupported(builder, Problem.Severity.WARNING))
          .ifPresent(problem -> report.print(List.of(problem)));
      if (planning.plan().isPresent()) {
        terminal.out().println(file + ": valid");
      } else {
        allValid = false;
      }
    }
    return allValid ? ExitStatus.DONE : ExitStatus.INPUT;
  }
}
