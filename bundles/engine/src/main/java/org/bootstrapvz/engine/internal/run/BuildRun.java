/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.BuildResult.Status;
import org.bootstrapvz.api.extension.NamedFilesystem;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.engine.internal.plan.LeasedPlan;
import org.jspecify.annotations.Nullable;

/** One run of a plan, with what its tasks share. Used by one thread, once. */
final class BuildRun {
  private final long start;
  private final LeasedPlan leased;
  private final Plan plan;
  private final Optional<Path> workspace;
  private final Machine machine;
  private final Journals journals;
  private final Releaser releaser;
  private final Recovery recovery;
  private final Events events;

  private final Values values = new Values();
  private final Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
  private final List<String> notReleased = new ArrayList<>();

  private Status status = Status.SUCCEEDED;
  private Optional<String> failedTask = Optional.empty();
  private Optional<String> error = Optional.empty();

  private @Nullable Journal journal;
  private @Nullable Sandbox sandbox;
  private @Nullable Resources resources;
  private @Nullable Deliveries deliveries;

  /**
   * @param start when the build was asked for, as {@link System#nanoTime}
   */
  BuildRun(
      long start,
      LeasedPlan leased,
      Plan plan,
      Optional<Path> workspace,
      Machine machine,
      Journals journals,
      Releaser releaser,
      Recovery recovery,
      Events events) {
    this.start = start;
    this.leased = leased;
    this.plan = plan;
    this.workspace = workspace;
    this.machine = machine;
    this.journals = journals;
    this.releaser = releaser;
    this.recovery = recovery;
    this.events = events;
  }

  Plan plan() {
    return plan;
  }

  /** Returns the directory for the image. */
  Path workspace() {
    // Relative to the current directory, not to the manifest: it is for the user's results.
    return workspace.orElseGet(() -> Path.of(plan.manifest().at("bootstrapper.workspace").text()));
  }

  Machine machine() {
    return machine;
  }

  Events events() {
    return events;
  }

  Journal journal() {
    return Objects.requireNonNull(journal, "The run has not started");
  }

  Sandbox sandbox() {
    return Objects.requireNonNull(sandbox, "The sandbox is not open");
  }

  Resources resources() {
    return Objects.requireNonNull(resources, "The sandbox is not open");
  }

  Deliveries deliveries() {
    return Objects.requireNonNull(deliveries, "The sandbox is not open");
  }

  Values values() {
    return values;
  }

  /** Reports the tasks of the plan without running them. */
  BuildResult rehearse() {
    events.emit(new BuildEvent.Planned(journals.newId(), plan));
    runTasks(task -> true);
    return result();
  }

  /** Runs the plan and releases everything. */
  BuildResult run(boolean installMissing) {
    Journal open;
    try {
      open = journals.create();
    } catch (IOException e) {
      fail(
          "The journal of the build cannot be written to "
              + journals.folder()
              + ": "
              + Explanation.of(e));
      return result();
    }
    journal = open;
    try (open) {
      events.emit(new BuildEvent.Planned(open.id(), plan));
      runRecorded(installMissing);
      open.ended();
    } catch (IOException e) {
      events.warn("The journal of the build cannot be removed: " + Explanation.of(e));
    }
    return result();
  }

  private void runRecorded(boolean installMissing) {
    try {
      recovery.recover(events);
      new HostPreparation(machine, events).provide(plan, installMissing);
      runInSandbox();
    } catch (BuildException | InterruptedException e) {
      if (isCancelled(e)) {
        cancel("Cancelled before the first task");
      } else {
        fail(Explanation.of(e));
      }
    }
  }

  private void runInSandbox() throws BuildException {
    for (NamedFilesystem filesystem : leased.filesystems()) {
      values.add(NamedFilesystem.class, filesystem);
    }
    Sandbox opened = machine.open(events);
    Resources held = new Resources(journal(), releaser, opened, events);
    sandbox = opened;
    resources = held;
    deliveries = new Deliveries(journal(), held, events);
    try {
      runTasks(this::run);
    } finally {
      notReleased.addAll(held.releaseAll());
    }
  }

  private interface Step {
    /** Returns whether to continue. */
    boolean run(PlannedTask task);
  }

  private void runTasks(Step step) {
    Phase phase = null;
    long phaseStart = 0;
    boolean going = true;
    for (PlannedTask task : plan.tasks()) {
      if (task.phase() != phase) {
        finish(phase, phaseStart);
        phase = task.phase();
        phaseStart = System.nanoTime();
        events.emit(new BuildEvent.PhaseStarted(phase));
      }
      if (Thread.currentThread().isInterrupted()) {
        cancel("Cancelled before the task " + task.name());
        going = false;
      } else {
        events.emit(new BuildEvent.TaskStarted(task));
        long taskStart = System.nanoTime();
        going = step.run(task);
        if (going) {
          events.emit(new BuildEvent.TaskFinished(task, since(taskStart)));
        }
      }
      if (!going) {
        phases.put(task.phase(), since(phaseStart));
        return;
      }
    }
    finish(phase, phaseStart);
  }

  private void finish(@Nullable Phase phase, long phaseStart) {
    if (phase != null) {
      Duration duration = since(phaseStart);
      phases.put(phase, duration);
      events.emit(new BuildEvent.PhaseFinished(phase, duration));
    }
  }

  private boolean run(PlannedTask task) {
    Task service = null;
    try {
      service = leased.obtain(task.id());
      service.run(new TaskBuild(this, task, leased.values(task.id())));
      return true;
    } catch (Throwable e) {
      // Third-party code: whatever it throws, the build has to release its resources.
      failed(task, e);
      return false;
    } finally {
      if (service != null) {
        release(task, service);
      }
    }
  }

  /** Calls third-party code, too: the method that deactivates the task. */
  private void release(PlannedTask task, Task service) {
    try {
      leased.release(task.id(), service);
    } catch (Throwable e) {
      events.log(Explanation.stackTrace(e));
      events.warn(
          task.name() + ": the bundle " + task.bundle() + " failed to release the task: " + e);
    }
  }

  private void failed(PlannedTask task, Throwable thrown) {
    Throwable failure =
        thrown instanceof UncheckedIOException e
            ? Objects.requireNonNull(e.getCause(), "An UncheckedIOException has a cause")
            : thrown;
    failedTask = Optional.of(task.id());
    if (isCancelled(failure)) {
      cancel("Cancelled in the task " + task.name());
      return;
    }
    boolean foreseen = failure instanceof BuildException || failure instanceof IOException;
    if (!(failure instanceof BuildException) || failure.getCause() != null) {
      events.log(Explanation.stackTrace(failure));
    }
    fail(
        task.name()
            + ": "
            + (foreseen
                ? Explanation.of(failure)
                : "the task threw "
                    + failure
                    + ", which is a bug of the bundle "
                    + task.bundle()
                    + " "
                    + task.version()));
    events.emit(new BuildEvent.Failing(task, error.orElseThrow()));
  }

  private static boolean isCancelled(Throwable failure) {
    if (Thread.currentThread().isInterrupted()) {
      return true;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BuildCancelledException
          || cause instanceof InterruptedException
          || cause instanceof ClosedByInterruptException) {
        return true;
      }
    }
    return false;
  }

  private void cancel(String message) {
    status = Status.CANCELLED;
    error = Optional.of(message);
  }

  private void fail(String message) {
    status = Status.FAILED;
    error = Optional.of(message);
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  private BuildResult result() {
    if (status == Status.CANCELLED) {
      // The interrupt has ended the build; it must not affect the caller's next operations.
      Thread.interrupted();
    }
    return new BuildResult(
        status,
        deliveries == null ? List.of() : deliveries.artefacts(),
        leased.planning().problems(),
        failedTask,
        error.map(events::mask),
        notReleased.stream().map(events::mask).toList(),
        Collections.unmodifiableMap(phases),
        since(start));
  }
}
