/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.build;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.plan.Planner;
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
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.MatrixPlans;
import org.bootstrapvz.cli.internal.MatrixPlans.Image;
import org.bootstrapvz.cli.internal.progress.Display;
import org.bootstrapvz.cli.internal.progress.LiveDisplay;
import org.bootstrapvz.cli.internal.progress.PlainDisplay;
import org.bootstrapvz.cli.internal.progress.Summary;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Builds a manifest. */
@Component
@CommandDefinition(
    name = "build",
    summary = "Build the image that a manifest describes",
    category = CommandCategory.IMAGES,
    order = 1)
public final class BuildCommand implements Command {
  private static final String NO_LOG_FILE = "-";

  private final Supplier<Builder> builder;
  private final Supplier<Planner> planner;
  private final Path logDirectory;

  /** Called by the container. */
  @Activate
  public BuildCommand(
      @Reference ComponentServiceObjects<Builder> builders,
      @Reference ComponentServiceObjects<Planner> planners) {
    this(
        builders::getService,
        planners::getService,
        Path.of(System.getProperty("bootstrapvz.log", "/var/log/bootstrap-vz")));
  }

  /**
   * A command that uses this builder.
   *
   * @param logDirectory where log files go, unless the arguments name another directory
   */
  public BuildCommand(Supplier<Builder> builder, Supplier<Planner> planner, Path logDirectory) {
    this.builder = builder;
    this.planner = planner;
    this.logDirectory = logDirectory;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        MatrixOptions.add(ManifestOptions.add(CommandSpec.create()))
            .addPositional(Operands.path(0, "MANIFEST", "The manifest to build"))
            .addOption(Options.flag("--install-missing", "Install missing host packages"))
            .addOption(
                Options.path(
                    "--log", "DIR", "Write the log file to this directory; - for no log file"))
            .addOption(
                Options.flag(
                    "--pause-on-error", "Wait for Enter before cleaning up a failed build"))
            .addOption(Options.flag("--dry-run", "Go through the tasks without running them"))
            .addOption(
                Options.choice("--color", Style.Mode.class, "When to use colours (default: auto)"))
            .addOption(Options.flag("--debug", "Show the log on the terminal as well"));
    spec.usageMessage()
        .description(
            "Ctrl+C cancels the build and releases all resources; a second Ctrl+C stops immediately.");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    ManifestSource source =
        ManifestOptions.source(Operands.value(arguments, 0), arguments, terminal);
    List<ManifestSource> rows = MatrixOptions.chosen(planner.get().rows(source), arguments);
    return rows.size() == 1
        ? build(rows.get(0), arguments, terminal)
        : buildAll(rows, arguments, terminal);
  }

  /** Builds several images one after the other, if none of them has an error. */
  private int buildAll(List<ManifestSource> rows, ParseResult arguments, Terminal terminal) {
    List<Image> images = MatrixPlans.of(planner.get(), rows);
    if (images.stream().anyMatch(image -> image.planning().plan().isEmpty())) {
      Set<Problem> problems = new LinkedHashSet<>();
      images.forEach(image -> problems.addAll(image.planning().problems()));
      new ProblemReport(terminal).print(problems);
      return ExitStatus.INPUT;
    }
    int worst = ExitStatus.DONE;
    for (int i = 0; i < images.size(); i++) {
      Image image = images.get(i);
      terminal.err().println("Image " + (i + 1) + " of " + images.size() + ": " + image.name());
      int status = build(image.source(), arguments, terminal);
      if (status == ExitStatus.INTERRUPTED) {
        return status;
      }
      worst = Math.max(worst, status);
    }
    return worst;
  }

  private int build(ManifestSource source, ParseResult arguments, Terminal terminal) {
    Path manifest = source.file();
    boolean dryRun = Options.has(arguments, "--dry-run");
    boolean debug = Options.has(arguments, "--debug");
    Style style =
        Style.of(Options.<Style.Mode>value(arguments, "--color").orElse(Style.Mode.AUTO), terminal);
    Optional<Path> log =
        Options.<Path>value(arguments, "--log")
            .or(() -> dryRun ? Optional.empty() : Optional.of(logDirectory))
            .filter(directory -> !directory.toString().equals(NO_LOG_FILE));
    BuildResult result;
    BuildOutput output;
    try (Display display =
        terminal.live()
            ? LiveDisplay.start(terminal, style, debug)
            : new PlainDisplay(terminal.err(), style, debug, System::nanoTime)) {
      Optional<ErrorPause> pause =
          Options.has(arguments, "--pause-on-error")
              ? Optional.of(new ErrorPause(terminal, display))
              : Optional.empty();
      output = new BuildOutput(display, manifest, log, pause);
      result =
          builder
              .get()
              .build(
                  new BuildRequest(source, dryRun, Options.has(arguments, "--install-missing")),
                  output::on);
      output.close();
    }
    new ProblemReport(terminal, style).print(result.problems());
    summarise(result, output, dryRun, terminal, style);
    output.logFile().ifPresent(file -> terminal.err().println(style.faint("Log file: " + file)));
    return switch (result.status()) {
      case SUCCEEDED -> ExitStatus.DONE;
      case REJECTED -> ExitStatus.INPUT;
      case FAILED -> ExitStatus.FAILED;
      case CANCELLED -> ExitStatus.INTERRUPTED;
    };
  }

  private static void summarise(
      BuildResult result, BuildOutput output, boolean dryRun, Terminal terminal, Style style) {
    Summary summary = new Summary(terminal.out(), terminal.err(), style);
    switch (result.status()) {
      case SUCCEEDED -> {
        summary.succeeded(result, !terminal.live());
        if (dryRun) {
          terminal.out().println("This was a dry run: no task was run.");
        }
      }
      case REJECTED -> {}
      case FAILED -> summary.failed(result, output.failureShown());
      case CANCELLED -> summary.cancelled(result);
    }
  }
}
