/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.arguments.Arguments;
import org.bootstrapvz.cli.internal.arguments.Option;
import org.bootstrapvz.cli.internal.arguments.Syntax;
import org.bootstrapvz.cli.internal.plan.DotPlan;
import org.bootstrapvz.cli.internal.plan.SvgPlan;
import org.bootstrapvz.cli.internal.plan.TextPlan;
import org.bootstrapvz.document.PlanDocument;

/** Shows what a build of a manifest would do. */
final class PlanCommand {
  private enum Format {
    TEXT,
    JSON,
    DOT,
    SVG
  }

  private static final Option<Format> FORMAT =
      Option.choice(
          "--format",
          Format.class,
          "How to show it; without it, as the output's name ends, or text");
  private static final Option<String> OUTPUT =
      Option.text("--output", "FILE", "Write to a file instead of standard output");

  static final Syntax SYNTAX =
      new Syntax(
          "plan",
          "MANIFEST",
          1,
          1,
          "Shows the task list of a manifest without building it",
          "",
          List.of(FORMAT, OUTPUT));

  private final Supplier<Planner> planner;
  private final Terminal terminal;

  PlanCommand(Supplier<Planner> planner, Terminal terminal) {
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
    Optional<String> output = arguments.get(OUTPUT);
    Format format = arguments.get(FORMAT).orElseGet(() -> byName(output.orElse("")));
    String text = render(planning.plan().get(), format);
    if (output.isEmpty()) {
      terminal.out().print(text);
      return ExitStatus.DONE;
    }
    try {
      Files.writeString(Path.of(output.get()), text);
      return ExitStatus.DONE;
    } catch (IOException e) {
      terminal.err().println(style.error("Cannot write " + FileProblem.describe(e)));
      return ExitStatus.INPUT;
    }
  }

  private static Format byName(String file) {
    String ending = file.substring(file.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
    return switch (ending) {
      case "JSON", "DOT", "SVG" -> Format.valueOf(ending);
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
