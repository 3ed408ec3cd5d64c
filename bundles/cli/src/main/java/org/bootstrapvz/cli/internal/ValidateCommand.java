/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.arguments.Arguments;
import org.bootstrapvz.cli.internal.arguments.Syntax;

/** Shows all problems of manifests. */
final class ValidateCommand {
  static final Syntax SYNTAX =
      new Syntax(
          "validate",
          "MANIFEST...",
          1,
          Integer.MAX_VALUE,
          "Checks manifests and shows all their problems",
          "",
          List.of());

  private final Supplier<Planner> planner;
  private final Terminal terminal;

  ValidateCommand(Supplier<Planner> planner, Terminal terminal) {
    this.planner = planner;
    this.terminal = terminal;
  }

  int run(Arguments arguments) {
    ProblemReport report = new ProblemReport(terminal.err(), Style.of(Style.Mode.AUTO, terminal));
    Planner checker = planner.get();
    boolean allValid = true;
    for (String file : arguments.operands()) {
      Planning planning = checker.plan(Path.of(file));
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
