/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.plan.Relation;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.arguments.Arguments;
import org.bootstrapvz.cli.internal.arguments.Syntax;

/** Says why a task is in a plan and why it stands where it does. */
final class ExplainCommand {
  static final Syntax SYNTAX =
      new Syntax(
          "explain",
          "MANIFEST TASK",
          2,
          2,
          "Says who asked for a task, what must come before and after it, and why",
          "TASK is its id, its name as plan shows it, or the last part of that.",
          List.of());

  private final Supplier<Planner> planner;
  private final Terminal terminal;

  ExplainCommand(Supplier<Planner> planner, Terminal terminal) {
    this.planner = planner;
    this.terminal = terminal;
  }

  int run(Arguments arguments) {
    Style style = Style.of(Style.Mode.AUTO, terminal);
    Planning planning = planner.get().plan(Path.of(arguments.operands().get(0)));
    new ProblemReport(terminal.err(), style).print(planning.problems());
    if (planning.plan().isEmpty()) {
      return ExitStatus.INPUT;
    }
    Plan plan = planning.plan().get();
    String wanted = arguments.operands().get(1);
    List<PlannedTask> found = find(plan, wanted);
    if (found.size() != 1) {
      terminal.err().println(style.error(unclear(plan, wanted, found)));
      return ExitStatus.INPUT;
    }
    explain(plan, found.get(0));
    return ExitStatus.DONE;
  }

  private static List<PlannedTask> find(Plan plan, String wanted) {
    return Stream.<Function<PlannedTask, String>>of(
            PlannedTask::id, PlannedTask::name, task -> simpleName(task.id()))
        .map(text -> plan.tasks().stream().filter(task -> text.apply(task).equals(wanted)).toList())
        .filter(tasks -> !tasks.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static String simpleName(String id) {
    return id.substring(id.lastIndexOf('.') + 1);
  }

  private static String unclear(Plan plan, String wanted, List<PlannedTask> found) {
    if (!found.isEmpty()) {
      return "Several tasks are called "
          + wanted
          + "; name one of them by its id: "
          + found.stream().map(PlannedTask::id).collect(Collectors.joining(", "));
    }
    Optional<String> nearest =
        Suggestion.nearest(
            wanted,
            plan.tasks().stream()
                .flatMap(task -> Stream.of(task.id(), task.name(), simpleName(task.id())))
                .toList());
    return "The plan has no task "
        + wanted
        + nearest.map(name -> ". Did you mean " + name + "?").orElse(".")
        + " All of them: bootstrap-vz plan "
        + plan.file();
  }

  private void explain(Plan plan, PlannedTask task) {
    PrintStream out = terminal.out();
    out.println(task.name() + ": " + task.description());
    out.println("  id            " + task.id());
    out.println(
        "  place         "
            + task.phase().title()
            + ", task "
            + (plan.tasks().indexOf(task) + 1)
            + " of "
            + plan.tasks().size());
    out.println("  bundle        " + task.bundle() + " " + task.version());
    out.println("  asked for by  " + String.join(", ", task.requestedBy()));
    list(
        plan,
        "Comes after",
        plan.relations().stream().filter(r -> r.after().equals(task.id())).toList(),
        Relation::before);
    list(
        plan,
        "Comes before",
        plan.relations().stream().filter(r -> r.before().equals(task.id())).toList(),
        Relation::after);
    out.println();
    out.println(
        "It also comes after every task of earlier phases and before every one of later phases.");
  }

  private void list(
      Plan plan, String title, List<Relation> relations, Function<Relation, String> other) {
    terminal.out().println();
    terminal.out().println(title + (relations.isEmpty() ? ": no other task of its phase" : ""));
    for (Relation relation : relations) {
      PlannedTask task =
          plan.tasks().stream()
              .filter(each -> each.id().equals(other.apply(relation)))
              .findFirst()
              .orElseThrow();
      terminal.out().println("  " + task.name() + " of " + task.bundle());
      terminal.out().println("    because " + relation.reason());
    }
  }
}
