/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.build;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.internal.progress.Display;
import org.bootstrapvz.cli.internal.progress.LogFile;
import org.jspecify.annotations.Nullable;

/** Passes each event to the display and to the log file, which is created at the first event. */
final class BuildOutput {
  private final Display display;
  private final Path manifest;
  private final Optional<ErrorPause> pause;
  private Optional<Path> logDirectory;
  private @Nullable LogFile log;
  private boolean failureShown;

  BuildOutput(
      Display display, Path manifest, Optional<Path> logDirectory, Optional<ErrorPause> pause) {
    this.display = display;
    this.manifest = manifest;
    this.logDirectory = logDirectory;
    this.pause = pause;
  }

  void on(BuildEvent event) {
    display.on(event);
    if (logDirectory.isPresent() && !rejected(event)) {
      write(event);
    }
    if (event instanceof BuildEvent.Failing) {
      failureShown = true;
      pause.ifPresent(ErrorPause::await);
    }
  }

  /** Whether the display has shown why the build failed. */
  boolean failureShown() {
    return failureShown;
  }

  /** The log file, if there is one. */
  Optional<Path> logFile() {
    return Optional.ofNullable(log).map(LogFile::file);
  }

  /** No log file is created for a manifest with errors. */
  private static boolean rejected(BuildEvent event) {
    return event instanceof BuildEvent.Finished finished
        && finished.result().status() == BuildResult.Status.REJECTED;
  }

  private void write(BuildEvent event) {
    try {
      if (log == null) {
        log = LogFile.open(logDirectory.get(), LocalDateTime.now(), manifest, System::nanoTime);
      }
      log.write(event);
    } catch (IOException e) {
      logDirectory = Optional.empty();
      warn("Continuing without a log file: " + FileProblem.describe(e));
    }
  }

  private void warn(String message) {
    display.on(new BuildEvent.Warning(message));
  }

  /** Closes the log file; the display must still be open. */
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
