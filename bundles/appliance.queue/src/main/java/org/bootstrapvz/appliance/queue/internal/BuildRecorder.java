/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildListener;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.document.PlanDocument;
import org.slf4j.MDC;

/** Records what a build does, as events and as lines of its log. */
final class BuildRecorder implements BuildListener {
  /** A progress bar needs no more. */
  private static final long MIN_NANOS_BETWEEN_PROGRESS = TimeUnit.MILLISECONDS.toNanos(500);

  private final BuildRecord record;
  private final BiConsumer<Phase, Duration> phaseTimes;
  private long lastProgress = System.nanoTime() - MIN_NANOS_BETWEEN_PROGRESS;

  /**
   * @param phaseTimes receives how long each phase took
   */
  BuildRecorder(BuildRecord record, BiConsumer<Phase, Duration> phaseTimes) {
    this.record = record;
    this.phaseTimes = phaseTimes;
  }

  @Override
  public void on(BuildEvent event) {
    if (event instanceof BuildEvent.Log log) {
      record.log(log.line());
    } else if (event instanceof BuildEvent.TaskProgress running) {
      progress(running);
    } else if (event instanceof BuildEvent.Planned planned) {
      record.planned(PlanDocument.withoutFile(planned.plan()).json(), planned.plan().tasks());
      record.add("planned", Map.of("tasks", planned.plan().tasks().size()));
    } else if (event instanceof BuildEvent.InstallingHostPackages installing) {
      record.add("installing", Map.of("packages", List.copyOf(installing.packages())));
    } else if (event instanceof BuildEvent.PhaseStarted started) {
      record.log("== " + started.phase().title());
      record.add("phase-started", Map.of("phase", started.phase()));
    } else if (event instanceof BuildEvent.PhaseFinished finished) {
      phaseTimes.accept(finished.phase(), finished.duration());
      record.add(
          "phase-finished",
          Map.of("phase", finished.phase(), "millis", finished.duration().toMillis()));
    } else if (event instanceof BuildEvent.TaskStarted started) {
      started(started.task());
    } else if (event instanceof BuildEvent.TaskFinished finished) {
      finished(finished.task(), finished.duration());
    } else if (event instanceof BuildEvent.Warning warning) {
      record.log("warning: " + warning.message());
      record.add("warning", Map.of("message", warning.message()));
    } else if (event instanceof BuildEvent.Failing failing) {
      failing(failing);
    } else if (event instanceof BuildEvent.Released released) {
      released(released);
    } else if (event instanceof BuildEvent.Delivered delivered) {
      delivered(delivered.artefact());
    }
  }

  private void started(PlannedTask task) {
    MDC.put("task", task.name());
    record.log("-- " + task.name() + ": " + task.description());
    record.change(tasks -> tasks.started(task));
    record.add(
        "task-started", Map.of("task", task.id(), "name", task.name(), "phase", task.phase()));
  }

  private void progress(BuildEvent.TaskProgress running) {
    record.change(tasks -> tasks.progress(running.fraction()));
    long now = System.nanoTime();
    if (now - lastProgress >= MIN_NANOS_BETWEEN_PROGRESS) {
      lastProgress = now;
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("task", running.task().id());
      data.put("fraction", running.fraction());
      data.put("detail", running.detail());
      record.add("task-progress", data);
    }
  }

  private void finished(PlannedTask task, Duration duration) {
    MDC.remove("task");
    record.change(tasks -> tasks.finished(task, duration));
    record.add("task-finished", Map.of("task", task.id(), "millis", duration.toMillis()));
  }

  private void failing(BuildEvent.Failing failing) {
    record.log("failed: " + failing.message());
    record.change(tasks -> tasks.failed(failing.task()));
    record.add("failing", Map.of("task", failing.task().id(), "message", failing.message()));
  }

  private void released(BuildEvent.Released released) {
    record.log(
        released.problem().isEmpty()
            ? "released " + released.description()
            : "could not release " + released.description() + ": " + released.problem());
    record.add(
        "released", Map.of("description", released.description(), "problem", released.problem()));
  }

  private void delivered(Artefact artefact) {
    record.delivered(artefact);
    if (artefact instanceof Artefact.Local local) {
      record.add(
          "delivered",
          Map.of("name", local.name(), "size", local.size(), "sha256", local.sha256()));
    } else if (artefact instanceof Artefact.Remote remote) {
      record.log("delivered " + remote.description());
      record.add(
          "delivered",
          Map.of(
              "name", remote.name(),
              "kind", remote.kind(),
              "account", remote.account(),
              "region", remote.region(),
              "link", remote.link()));
    }
  }
}
