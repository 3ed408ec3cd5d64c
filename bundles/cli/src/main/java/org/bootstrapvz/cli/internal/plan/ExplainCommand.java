/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plan;

import java.io.PrintStream;
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
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.ManifestOptions;
import org.bootstrapvz.cli.MatrixOptions;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.ProblemReport;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Explains why a task is in a plan and why it runs where it does. */
@Component
@CommandDefinition(
    name = "explain",
    summary = "Explain why a task is in the plan and why it runs where it does",
    category = CommandCategory.IMAGES,
    order = 3)
public final class ExplainCommand implements Command {
  private final Supplier<Planner> planner;

  /** Called by the container. */
  @Activate
  public ExplainCommand(@Reference ComponentServiceObjects<Planner> planners) {
    this(planners::getService);
  }

  /** A command that uses this planner. */
  public static ExplainCommand of(Supplier<Planner> planner) {
    return new ExplainCommand(planner);
  }

  private ExplainCommand(Supplier<Planner> planner) {
    this.planner = planner;
  }

  @Override
  public CommandSpec spec() {
    return MatrixOptions.add(ManifestOptions.add(CommandSpec.create()))
        .addPositional(Operands.path(0, "MANIFEST", "The manifest"))
        .addPositional(
            Operands.text(
                1,
                "TASK",
                "The id of the task, its name as shown by plan, or the last part of its name"));
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
    Plan plan = planning.plan().get();
    String wanted = Operands.value(arguments, 1);
    List<PlannedTask> found = find(plan, wanted);
    if (found.size() != 1) {
      terminal
          .err()
          .println(Style.of(Style.Mode.AUTO, terminal).error(unclear(plan, wanted, found)));
      return ExitStatus.INPUT;
    }
    explain(plan, found.get(0), terminal.out());
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
      return "Several tasks have the name "
          + wanted
          + "; use the id of one: "
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
        + " To list all tasks, run: bootstrap-vz plan "
        + plan.file();
  }

  private static void explain(Plan plan, PlannedTask task, PrintStream out) {
    out.println(task.name() + ": " + task.description());
    out.println("  id            " + task.id());
    out.println(
        "  phase         "
            + task.phase().title()
            + ", task "
            + (plan.tasks().indexOf(task) + 1)
            + " of "
            + plan.tasks().size());
    out.println("  bundle        " + task.bundle() + " " + task.version());
    out.println("  requested by  " + String.join(", ", task.requestedBy()));
    list(
        out,
        plan,
        "Runs after",
        plan.relations().stream().filter(r -> r.after().equals(task.id())).toList(),
        Relation::before);
    list(
        out,
        plan,
        "Runs before",
        plan.relations().stream().filter(r -> r.before().equals(task.id())).toList(),
        Relation::after);
    out.println();
    out.println(
        "It also runs after all tasks of earlier phases and before all tasks of later phases.");
  }

  private static void list(
      PrintStream out,
      Plan plan,
      String title,
      List<Relation> relations,
      Function<Relation, String> other) {
    out.println();
    out.println(title + (relations.isEmpty() ? ": no other task of its phase" : ""));
    for (Relation relation : relations) {
      PlannedTask task =
          plan.tasks().stream()
              .filter(each -> each.id().equals(other.apply(relation)))
              .findFirst()
              .orElseThrow();
      out.println("  " + task.name() + " of " + task.bundle());
      out.println("    because " + relation.reason());
    }
  }
}
