/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.progress;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.task.Artefact;

/**
 * An entry of a build's log.
 *
 * @param level its importance
 * @param text one line or several
 */
record Entry(Level level, String text) {
  enum Level {
    DEBUG,
    INFO,
    WARNING,
    ERROR
  }

  /** The entries for an event. */
  static List<Entry> of(BuildEvent event) {
    if (event instanceof BuildEvent.Finished finished) {
      return ending(finished.result());
    }
    return List.of(single(event));
  }

  private static Entry single(BuildEvent event) {
    if (event instanceof BuildEvent.Log log) {
      return new Entry(Level.DEBUG, log.line());
    }
    if (event instanceof BuildEvent.Planned planned) {
      return info(
          "Build %s of %s for %s, %d tasks",
          planned.buildId(),
          planned.plan().file(),
          planned.plan().provider(),
          planned.plan().tasks().size());
    }
    if (event instanceof BuildEvent.InstallingHostPackages installing) {
      return info("Installing host packages: %s", String.join(" ", installing.packages()));
    }
    if (event instanceof BuildEvent.PhaseStarted started) {
      return info("Phase %s", started.phase().title());
    }
    if (event instanceof BuildEvent.PhaseFinished finished) {
      return info("Phase %s took %s", finished.phase().title(), Quantity.time(finished.duration()));
    }
    if (event instanceof BuildEvent.TaskStarted started) {
      return info("%s", title(started.task()));
    }
    if (event instanceof BuildEvent.TaskProgress progress) {
      return new Entry(
          Level.DEBUG,
          progress.task().name()
              + (progress.fraction() < 0 ? "" : " " + percent(progress.fraction()))
              + " "
              + progress.detail());
    }
    if (event instanceof BuildEvent.TaskFinished finished) {
      return new Entry(
          Level.DEBUG, finished.task().name() + " took " + Quantity.time(finished.duration()));
    }
    if (event instanceof BuildEvent.Warning warning) {
      return new Entry(Level.WARNING, warning.message());
    }
    if (event instanceof BuildEvent.Failing failing) {
      return new Entry(Level.ERROR, failing.message());
    }
    if (event instanceof BuildEvent.Released released) {
      return released.problem().isEmpty()
          ? new Entry(Level.DEBUG, "Released " + released.description())
          : new Entry(
              Level.ERROR,
              "Could not release " + released.description() + ": " + released.problem());
    }
    if (event instanceof BuildEvent.Delivered delivered) {
      return delivered(delivered.artefact());
    }
    throw new IllegalArgumentException("Unknown event: " + event);
  }

  private static Entry delivered(Artefact artefact) {
    if (artefact instanceof Artefact.Remote remote) {
      return info(
          "Delivered %s%s",
          remote.description(), remote.link().isEmpty() ? "" : ", " + remote.link());
    }
    Artefact.Local local = (Artefact.Local) artefact;
    return info(
        "Delivered %s, %d bytes%s",
        local.path(), local.size(), local.sha256().isEmpty() ? "" : ", SHA-256 " + local.sha256());
  }

  private static List<Entry> ending(BuildResult result) {
    List<Entry> entries = new ArrayList<>();
    for (Problem problem : result.problems()) {
      boolean error = problem.severity() == Problem.Severity.ERROR;
      entries.add(new Entry(error ? Level.ERROR : Level.WARNING, problem.withoutSeverity()));
    }
    boolean good = result.status() == BuildResult.Status.SUCCEEDED;
    String outcome =
        switch (result.status()) {
          case SUCCEEDED -> "Succeeded";
          case REJECTED -> "The manifest was rejected";
          case FAILED -> "Failed";
          case CANCELLED -> "Cancelled";
        };
    entries.add(
        new Entry(
            good ? Level.INFO : Level.ERROR,
            outcome
                + " after "
                + Quantity.time(result.duration())
                + result.error().map(error -> ": " + error).orElse("")));
    return entries;
  }

  /** A task for people. */
  static String title(PlannedTask task) {
    return task.name() + ": " + task.description();
  }

  static String percent(double fraction) {
    return Math.round(Math.min(1, fraction) * 100) + " %";
  }

  private static Entry info(String format, Object... values) {
    return new Entry(Level.INFO, String.format(format, values));
  }
}
