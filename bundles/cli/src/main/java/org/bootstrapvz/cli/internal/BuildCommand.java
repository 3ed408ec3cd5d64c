/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.arguments.Arguments;
import org.bootstrapvz.cli.internal.arguments.Option;
import org.bootstrapvz.cli.internal.arguments.Syntax;
import org.bootstrapvz.cli.internal.progress.Display;
import org.bootstrapvz.cli.internal.progress.LiveDisplay;
import org.bootstrapvz.cli.internal.progress.LogFile;
import org.bootstrapvz.cli.internal.progress.PlainDisplay;
import org.bootstrapvz.cli.internal.progress.Summary;

/** Builds a manifest. */
final class BuildCommand {
  private static final Option<Boolean> INSTALL_MISSING =
      Option.flag("--install-missing", "Install what the host lacks, after naming it");
  private static final Option<String> LOG =
      Option.text("--log", "FOLDER", "Write the log file into this folder; - for no log file");
  private static final Option<Boolean> PAUSE_ON_ERROR =
      Option.flag("--pause-on-error", "Wait for Enter before a failed build is cleaned up");
  private static final Option<Boolean> DRY_RUN =
      Option.flag("--dry-run", "Go through the tasks without running them");
  private static final Option<Style.Mode> COLOR =
      Option.choice("--color", Style.Mode.class, "When to use colours; auto is the default");
  private static final Option<Boolean> DEBUG =
      Option.flag("--debug", "Show the log on the terminal, too");

  static final Syntax SYNTAX =
      new Syntax(
          "build",
          "MANIFEST",
          1,
          1,
          "Builds the image that a manifest describes",
          "Ctrl+C cancels the build and gives everything back; a second Ctrl+C stops at once.",
          List.of(INSTALL_MISSING, LOG, PAUSE_ON_ERROR, DRY_RUN, COLOR, DEBUG));

  private final Supplier<Builder> builder;
  private final Terminal terminal;
  private final String logFolder;

  BuildCommand(Supplier<Builder> builder, Terminal terminal, String logFolder) {
    this.builder = builder;
    this.terminal = terminal;
    this.logFolder = logFolder;
  }

  int run(Arguments arguments) {
    Path manifest = Path.of(arguments.operands().get(0));
    boolean dryRun = arguments.has(DRY_RUN);
    boolean debug = arguments.has(DEBUG);
    Style style = Style.of(arguments.get(COLOR).orElse(Style.Mode.AUTO), terminal);
    Optional<Path> folder =
        arguments
            .get(LOG)
            .or(() -> dryRun ? Optional.empty() : Optional.of(logFolder))
            .filter(name -> !name.equals("-"))
            .map(Path::of);
    BuildResult result;
    Listener listener;
    try (Display display =
        terminal.live()
            ? LiveDisplay.start(terminal, style, debug)
            : new PlainDisplay(terminal.err(), style, debug, System::nanoTime)) {
      listener = new Listener(display, manifest, folder, arguments.has(PAUSE_ON_ERROR));
      result =
          builder
              .get()
              .build(
                  new BuildRequest(manifest, dryRun, arguments.has(INSTALL_MISSING)), listener::on);
      listener.close();
    }
    new ProblemReport(terminal.err(), style).print(result.problems());
    Summary summary = new Summary(terminal.out(), terminal.err(), style);
    switch (result.status()) {
      case SUCCEEDED -> {
        summary.succeeded(result, !terminal.live());
        if (dryRun) {
          terminal.out().println("This was a dry run: no task was run.");
        }
      }
      case REJECTED -> {}
      case FAILED -> summary.failed(result, listener.failureShown());
      case CANCELLED -> summary.cancelled(result);
    }
    listener
        .logFile()
        .ifPresent(file -> terminal.err().println(style.faint("The log is in " + file)));
    return switch (result.status()) {
      case SUCCEEDED -> ExitStatus.DONE;
      case REJECTED -> ExitStatus.INPUT;
      case FAILED -> ExitStatus.FAILED;
      case CANCELLED -> ExitStatus.INTERRUPTED;
    };
  }

  /** Hands each event to the display and to the log file, which begins with the first event. */
  private final class Listener {
    private final Display display;
    private final Path manifest;
    private final boolean pauses;
    private Optional<Path> folder;
    private LogFile log;
    private boolean failureShown;

    Listener(Display display, Path manifest, Optional<Path> folder, boolean pauses) {
      this.display = display;
      this.manifest = manifest;
      this.folder = folder;
      this.pauses = pauses;
    }

    void on(BuildEvent event) {
      display.on(event);
      if (folder.isPresent() && !rejected(event)) {
        write(event);
      }
      if (event instanceof BuildEvent.Failing) {
        failureShown = true;
        if (pauses) {
          pause();
        }
      }
    }

    boolean failureShown() {
      return failureShown;
    }

    Optional<Path> logFile() {
      return Optional.ofNullable(log).map(LogFile::file);
    }

    /** A manifest with errors is no build. */
    private boolean rejected(BuildEvent event) {
      return event instanceof BuildEvent.Finished finished
          && finished.result().status() == BuildResult.Status.REJECTED;
    }

    private void write(BuildEvent event) {
      try {
        if (log == null) {
          log = LogFile.open(folder.get(), LocalDateTime.now(), manifest, System::nanoTime);
        }
        log.write(event);
      } catch (IOException e) {
        folder = Optional.empty();
        warn("Going on without a log file: " + FileProblem.describe(e));
      }
    }

    private void pause() {
      if (!terminal.asks()) {
        warn("Not pausing: standard input is not a terminal");
        return;
      }
      terminal.err().print("Press Enter to clean up. ");
      terminal.err().flush();
      try {
        // A plain read could not be interrupted by Ctrl+C.
        while (terminal.in().available() == 0) {
          Thread.sleep(100);
        }
        while (terminal.in().available() > 0) {
          terminal.in().read();
        }
      } catch (InterruptedException e) {
        terminal.err().println();
        Thread.currentThread().interrupt();
      } catch (IOException e) {
        warn("Not pausing: standard input cannot be read");
      }
    }

    private void warn(String message) {
      display.on(new BuildEvent.Warning(message));
    }

    void close() {
      if (log != null) {
        try {
          log.close();
        } catch (IOException e) {
          warn("The end of the log is missing: " + FileProblem.describe(e));
        }
      }
    }
  }
}
