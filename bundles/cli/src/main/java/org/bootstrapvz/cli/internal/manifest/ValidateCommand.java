/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.manifest;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
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

  /** Called by the container. */
  @Activate
  public ValidateCommand(@Reference ComponentServiceObjects<Planner> planners) {
    this(planners::getService);
  }

  /** A command that uses this planner. */
  public ValidateCommand(Supplier<Planner> planner) {
    this.planner = planner;
  }

  @Override
  public CommandSpec spec() {
    return CommandSpec.create().addPositional(Operands.paths("MANIFEST", "The manifests to check"));
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    ProblemReport report = new ProblemReport(terminal);
    Planner checker = planner.get();
    boolean allValid = true;
    for (Path file : Operands.<Path>values(arguments)) {
      Planning planning = checker.plan(file);
      report.print(planning.problems());
      if (planning.plan().isPresent()) {
        terminal.out().println(file + ": valid");
      } else {
        allValid = false;
      }
    }
    return allValid ? ExitStatus.DONE : ExitStatus.INPUT;
  }
}
