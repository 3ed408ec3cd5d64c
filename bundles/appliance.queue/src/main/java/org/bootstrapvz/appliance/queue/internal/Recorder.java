/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildListener;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.events.LogText;
import org.bootstrapvz.appliance.api.events.RecordedEvent;
import org.bootstrapvz.appliance.api.history.TaskState;
import org.bootstrapvz.appliance.queue.internal.store.Batch;
import org.bootstrapvz.appliance.queue.internal.store.BuildStore;
import org.bootstrapvz.appliance.queue.internal.store.Json;
import org.bootstrapvz.appliance.queue.internal.store.LogPart;
import org.bootstrapvz.appliance.queue.internal.store.StoredPlan;
import org.bootstrapvz.appliance.queue.internal.store.TaskProgress;
import org.slf4j.MDC;

/**
 * Collects what a running build does, until the writer takes it to the database. The build only
 * appends to memory. While the database is away that memory is bounded: what is too much is left
 * out of the log, which says so. What was taken last is kept for those who follow the build.
 */
final class Recorder implements BuildListener {
  /** Characters of the log that wait for the database at most. */
  static final int WAITING_LOG = 8 << 20;

  /** Events that wait for the database at most. */
  static final int WAITING_EVENTS = 20_000;

  /** Characters of the log that are kept for followers. */
  private static final int RECENT_LOG = 512 << 10;

  /** Events that are kept for followers. */
  private static final int RECENT_EVENTS = 1000;

  /** A progress bar needs no more. */
  private static final long NANOS_BETWEEN_PROGRESS = TimeUnit.MILLISECONDS.toNanos(500);

  /** How long a build waits for a database that is there but slow. */
  private static final long PATIENCE_MILLIS = 10_000;

  private final long build;
  private final int attempt;
  private final long logLimit;
  private final BooleanSupplier reachable;
  private final BiConsumer<Phase, Duration> phaseTimes;
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Held by the build for an append; by the writer to take what was appended. */
  private final Object incoming = new Object();

  private final StringBuilder newLog = new StringBuilder();
  private final List<RecordedEvent> newEvents = new ArrayList<>();
  private final List<Artefact> newArtefacts = new ArrayList<>();
  private final List<TaskProgress> tasks = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private long sequence;
  private long logEnd;
  private long leftOut;
  private boolean full;
  private double progress;
  private String task = "";
  private int done;
  private long lastProgress = System.nanoTime() - NANOS_BETWEEN_PROGRESS;
  private Optional<String> newPlan = Optional.empty();
  private Optional<Batch.End> end = Optional.empty();
  private boolean changed;

  /** Characters and events that were appended and are not in the database yet. */
  private long waitingLog;

  private long waitingEvents;

  /** Held by the writer to publish, by followers to read; never by the build. */
  private final Object recent = new Object();

  private final StringBuilder recentLog = new StringBuilder();
  private final Deque<RecordedEvent> recentEvents = new ArrayDeque<>();
  private long recentLogStart;
  private long recentEventsAfter;

  /** What is on its way into the database; used by the writer only. */
  private final StringBuilder unsavedLog = new StringBuilder();

  private final List<RecordedEvent> unsavedEvents = new ArrayList<>();
  private final List<Artefact> unsavedArtefacts = new ArrayList<>();
  private Optional<String> unsavedPlan = Optional.empty();
  private long savedLog;
  private boolean unsaved;

  /**
   * @param logLimit characters of the log that are kept
   * @param reachable whether the database takes what is written
   * @param phaseTimes is told how long a phase took
   */
  Recorder(
      long build,
      BuildStore.Begun begun,
      long logLimit,
      BooleanSupplier reachable,
      BiConsumer<Phase, Duration> phaseTimes) {
    this.build = build;
    this.attempt = begun.attempt();
    this.logLimit = logLimit;
    this.reachable = reachable;
    this.phaseTimes = phaseTimes;
    sequence = begun.lastEvent();
    logEnd = begun.logLength();
    recentEventsAfter = begun.lastEvent();
    recentLogStart = begun.logLength();
    savedLog = begun.logLength();
  }

  long build() {
    return build;
  }

  // --- the build's side ---

  @Override
  public void on(BuildEvent event) {
    if (event instanceof BuildEvent.Log log) {
      log(log.line());
    } else if (event instanceof BuildEvent.TaskProgress running) {
      progress(running);
    } else if (event instanceof BuildEvent.Planned planned) {
      planned(planned);
    } else if (event instanceof BuildEvent.InstallingHostPackages installing) {
      add("installing", Map.of("packages", List.copyOf(installing.packages())));
    } else if (event instanceof BuildEvent.PhaseStarted started) {
      log("== " + started.phase().title());
      add("phase-started", Map.of("phase", started.phase()));
    } else if (event instanceof BuildEvent.PhaseFinished finished) {
      phaseTimes.accept(finished.phase(), finished.duration());
      add(
          "phase-finished",
          Map.of("phase", finished.phase(), "millis", finished.duration().toMillis()));
    } else if (event instanceof BuildEvent.TaskStarted started) {
      MDC.put("task", started.task().name());
      started(started.task());
    } else if (event instanceof BuildEvent.TaskFinished finished) {
      MDC.remove("task");
      finished(finished.task(), finished.duration());
    } else if (event instanceof BuildEvent.Warning warning) {
      log("warning: " + warning.message());
      add("warning", Map.of("message", warning.message()));
    } else if (event instanceof BuildEvent.Failing failing) {
      failing(failing);
    } else if (event instanceof BuildEvent.Released released) {
      log(
          released.problem().isEmpty()
              ? "gave back " + released.description()
              : "could not give back " + released.description() + ": " + released.problem());
      add("released", Map.of("description", released.description(), "problem", released.problem()));
    } else if (event instanceof BuildEvent.Delivered delivered) {
      delivered(delivered.artefact());
    }
  }

  private void planned(BuildEvent.Planned planned) {
    String plan = StoredPlan.json(planned.plan());
    synchronized (incoming) {
      newPlan = Optional.of(plan);
      for (PlannedTask each : planned.plan().tasks()) {
        positions.put(each.id(), tasks.size());
        tasks.add(TaskProgress.WAITING);
      }
    }
    add("planned", Map.of("tasks", planned.plan().tasks().size()));
  }

  private void started(PlannedTask started) {
    log("-- " + started.name() + ": " + started.description());
    synchronized (incoming) {
      task = started.name();
      set(started, new TaskProgress(TaskState.RUNNING, -1));
    }
    add(
        "task-started",
        Map.of("task", started.id(), "name", started.name(), "phase", started.phase()));
  }

  private void progress(BuildEvent.TaskProgress running) {
    synchronized (incoming) {
      progress = overall(Math.max(0, Math.min(1, running.fraction())));
      changed = true;
      long now = System.nanoTime();
      if (now - lastProgress < NANOS_BETWEEN_PROGRESS) {
        return;
      }
      lastProgress = now;
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("task", running.task().id());
    data.put("fraction", running.fraction());
    data.put("detail", running.detail());
    add("task-progress", data);
  }

  private void finished(PlannedTask finished, Duration duration) {
    synchronized (incoming) {
      done++;
      progress = overall(0);
      task = "";
      set(finished, new TaskProgress(TaskState.DONE, duration.toMillis()));
    }
    add("task-finished", Map.of("task", finished.id(), "millis", duration.toMillis()));
  }

  private void failing(BuildEvent.Failing failing) {
    log("failed: " + failing.message());
    synchronized (incoming) {
      set(failing.task(), new TaskProgress(TaskState.FAILED, -1));
    }
    add("failing", Map.of("task", failing.task().id(), "message", failing.message()));
  }

  private void delivered(Artefact artefact) {
    synchronized (incoming) {
      newArtefacts.add(artefact);
    }
    if (artefact instanceof Artefact.Local local) {
      add(
          "delivered",
          Map.of("name", local.name(), "size", local.size(), "sha256", local.sha256()));
    } else if (artefact instanceof Artefact.Remote remote) {
      log("delivered " + remote.description());
      add(
          "delivered",
          Map.of(
              "name", remote.name(),
              "kind", remote.kind(),
              "account", remote.account(),
              "region", remote.region(),
              "link", remote.link()));
    }
  }

  /** Under the lock. */
  private void set(PlannedTask planned, TaskProgress state) {
    Integer position = positions.get(planned.id());
    if (position != null) {
      tasks.set(position, state);
    }
    changed = true;
  }

  /** Under the lock. */
  private double overall(double ofTask) {
    return tasks.isEmpty() ? 0 : Math.min(1, (done + ofTask) / tasks.size());
  }

  /** Adds an event. */
  void add(String type, Map<String, ?> data) {
    String json = Json.write(data);
    synchronized (incoming) {
      changed = true;
      if (waitingEvents < WAITING_EVENTS) {
        waitingEvents++;
        newEvents.add(new RecordedEvent(++sequence, Instant.now(), type, json));
      }
    }
  }

  /** Adds a line to the log. */
  void log(String line) {
    // PostgreSQL cannot store this character.
    String text = line.indexOf(0) < 0 ? line : line.replace('\0', '\uFFFD');
    synchronized (incoming) {
      if (full) {
        return;
      }
      waitForRoom();
      if (waitingLog >= WAITING_LOG) {
        leftOut++;
        return;
      }
      if (leftOut > 0) {
        append("[" + leftOut + " lines are missing: the database could not be reached]");
        leftOut = 0;
      }
      if (logEnd + text.length() >= logLimit) {
        full = true;
        append("[the rest is missing: the log is as long as is kept]");
      } else {
        append(text);
      }
    }
  }

  /** Under the lock. */
  private void append(String line) {
    newLog.append(line).append('\n');
    logEnd += line.length() + 1;
    waitingLog += line.length() + 1;
    changed = true;
  }

  /** Under the lock, which it gives up: a database that is only slow shall get everything. */
  private void waitForRoom() {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    boolean interrupted = false;
    while (waitingLog >= WAITING_LOG && reachable.getAsBoolean() && System.nanoTime() < deadline) {
      try {
        incoming.wait(100);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The build has ended: nothing else comes. */
  void end(Batch.End how) {
    synchronized (incoming) {
      progress = how.state() == BuildState.SUCCEEDED ? 1 : progress;
      task = "";
      tasks.replaceAll(BuildStore::ended);
    }
    add("finished", Map.of("state", how.state(), "error", how.error()));
    synchronized (incoming) {
      end = Optional.of(how);
      changed = true;
    }
  }

  /** Waits until all is in the database; answers whether it is. */
  boolean awaitSaved(Duration patience) throws InterruptedException {
    return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  // --- the writer's side ---

  /** Shows followers what is new; answers whether something is. */
  boolean publish() {
    synchronized (incoming) {
      if (!changed) {
        return false;
      }
      changed = false;
      unsaved = true;
      synchronized (recent) {
        recentLog.append(newLog);
        int tooMuch = recentLog.length() - RECENT_LOG;
        if (tooMuch > RECENT_LOG / 2) {
          int cut = Character.isLowSurrogate(recentLog.charAt(tooMuch)) ? tooMuch + 1 : tooMuch;
          recentLog.delete(0, cut);
          recentLogStart += cut;
        }
        recentEvents.addAll(newEvents);
        while (recentEvents.size() > RECENT_EVENTS) {
          recentEventsAfter = recentEvents.removeFirst().sequence();
        }
      }
      unsavedLog.append(newLog);
      newLog.setLength(0);
      unsavedEvents.addAll(newEvents);
      newEvents.clear();
      unsavedArtefacts.addAll(newArtefacts);
      newArtefacts.clear();
      if (newPlan.isPresent()) {
        unsavedPlan = newPlan;
        newPlan = Optional.empty();
      }
    }
    return true;
  }

  /** What the database lacks. */
  Optional<Batch> batch() {
    if (!unsaved) {
      return Optional.empty();
    }
    synchronized (incoming) {
      return Optional.of(
          new Batch(
              build,
              attempt,
              List.copyOf(unsavedEvents),
              savedLog,
              unsavedLog.toString(),
              progress,
              task,
              List.copyOf(tasks),
              unsavedPlan,
              List.copyOf(unsavedArtefacts),
              changed ? Optional.empty() : end));
    }
  }

  /** The database has this now. */
  void saved(Batch batch) {
    unsaved = false;
    savedLog = batch.logEnd();
    unsavedLog.setLength(0);
    unsavedLog.trimToSize();
    unsavedEvents.clear();
    unsavedArtefacts.clear();
    unsavedPlan = Optional.empty();
    synchronized (incoming) {
      waitingLog -= batch.log().length();
      waitingEvents -= batch.events().size();
      incoming.notifyAll();
    }
    if (batch.end().isPresent()) {
      ended.countDown();
    }
  }

  /** Nobody wants to know any more: the build was given to somebody else. */
  void abandon() {
    ended.countDown();
  }

  // --- the followers' side ---

  /** Events that followers read; empty if older ones are asked for, which the database has. */
  Optional<List<RecordedEvent>> events(long after, int limit) {
    synchronized (recent) {
      if (after < recentEventsAfter) {
        return Optional.empty();
      }
      return Optional.of(
          recentEvents.stream().filter(event -> event.sequence() > after).limit(limit).toList());
    }
  }

  /** Log text that followers read; empty if older text is asked for, which the database has. */
  Optional<LogText> log(long offset, int limit) {
    synchronized (recent) {
      if (offset < recentLogStart) {
        return Optional.empty();
      }
      int start = (int) Math.min(recentLog.length(), offset - recentLogStart);
      int end = LogPart.end(recentLog, start, limit);
      long from = recentLogStart + start;
      return Optional.of(new LogText(recentLog.substring(start, end), from, from + end - start));
    }
  }
}
