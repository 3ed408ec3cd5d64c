/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.events.RecordedEvent;
import org.bootstrapvz.appliance.queue.internal.store.Batch;
import org.bootstrapvz.appliance.queue.internal.store.Json;
import org.bootstrapvz.appliance.queue.internal.store.QueueStore;

/**
 * What a running build has done, until the writer has stored it in the database. The build only
 * appends to memory. While the database cannot be reached that memory is bounded: the log then
 * lacks lines, and says so. The most recent part stays in memory for subscribers.
 */
final class BuildRecord {
  /** Maximum number of characters of the log that wait for the database. */
  static final int MAX_WAITING_LOG = 8 << 20;

  /** Maximum number of events that wait for the database. */
  static final int MAX_WAITING_EVENTS = 20_000;

  /** How long a build waits for a database that can be reached but is slow. */
  private static final long SLOW_DATABASE_TIMEOUT_MILLIS = 10_000;

  private final long build;
  private final int attempt;
  private final long maxLog;
  private final BooleanSupplier reachable;
  private final RecentRecord recent;
  private final CountDownLatch stored = new CountDownLatch(1);

  /** Held by the build to append; by the writer to take what was appended. Guards all below. */
  private final Object incoming = new Object();

  private final TaskStates tasks = new TaskStates();
  private final StringBuilder newLog = new StringBuilder();
  private final List<RecordedEvent> newEvents = new ArrayList<>();
  private final List<Artefact> newArtefacts = new ArrayList<>();
  private Optional<String> newPlan = Optional.empty();
  private Optional<Batch.End> end = Optional.empty();
  private long sequence;
  private long logEnd;
  private long missingLines;
  private boolean full;
  private boolean changed;

  /** Characters and events that were appended and are not in the database yet. */
  private long waitingLog;

  private long waitingEvents;

  /** On its way to the database. Used only by the writer, as all below. */
  private final StringBuilder unsavedLog = new StringBuilder();

  private final List<RecordedEvent> unsavedEvents = new ArrayList<>();
  private final List<Artefact> unsavedArtefacts = new ArrayList<>();
  private Optional<String> unsavedPlan = Optional.empty();
  private long savedLog;
  private boolean unsaved;

  /**
   * @param maxLog maximum number of characters of the log that are kept
   * @param reachable whether the database can be reached
   */
  BuildRecord(long build, QueueStore.Begun begun, long maxLog, BooleanSupplier reachable) {
    this.build = build;
    this.attempt = begun.attempt();
    this.maxLog = maxLog;
    this.reachable = reachable;
    recent = new RecentRecord(begun);
    sequence = begun.lastEvent();
    logEnd = begun.logLength();
    savedLog = begun.logLength();
  }

  long build() {
    return build;
  }

  /** For subscribers. */
  RecentRecord recent() {
    return recent;
  }

  // The build's side

  void planned(String plan, List<PlannedTask> planned) {
    synchronized (incoming) {
      newPlan = Optional.of(plan);
      tasks.planned(planned);
      changed = true;
    }
  }

  /** Changes the states of the tasks. */
  void change(Consumer<TaskStates> change) {
    synchronized (incoming) {
      change.accept(tasks);
      changed = true;
    }
  }

  void delivered(Artefact artefact) {
    synchronized (incoming) {
      newArtefacts.add(artefact);
      changed = true;
    }
  }

  /** Adds an event. */
  void add(String type, Map<String, ?> data) {
    String json = Json.write(data);
    synchronized (incoming) {
      changed = true;
      if (waitingEvents < MAX_WAITING_EVENTS) {
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
      waitForSpace();
      if (waitingLog >= MAX_WAITING_LOG) {
        missingLines++;
        return;
      }
      if (missingLines > 0) {
        append("[" + missingLines + " lines are missing: the database could not be reached]");
        missingLines = 0;
      }
      if (logEnd + text.length() >= maxLog) {
        full = true;
        append("[the rest is missing: the log has its maximum size]");
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

  /** Under the lock, which it releases while it waits, so that a slow database gets everything. */
  private void waitForSpace() {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SLOW_DATABASE_TIMEOUT_MILLIS);
    boolean interrupted = false;
    while (waitingLog >= MAX_WAITING_LOG
        && reachable.getAsBoolean()
        && System.nanoTime() < deadline) {
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

  /** The build has ended: nothing else is added. */
  void end(Batch.End how) {
    synchronized (incoming) {
      tasks.ended(how.state() == BuildState.SUCCEEDED);
    }
    add("finished", Map.of("state", how.state(), "error", how.error()));
    synchronized (incoming) {
      end = Optional.of(how);
      changed = true;
    }
  }

  /** Waits until everything is in the database; returns whether it is. */
  boolean awaitStored(Duration timeout) throws InterruptedException {
    return stored.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  // The writer's side

  /** Makes changes visible to subscribers; returns whether there are any. */
  boolean publish() {
    synchronized (incoming) {
      if (!changed) {
        return false;
      }
      changed = false;
      unsaved = true;
      recent.append(newLog, newEvents);
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

  /** What is not in the database yet. */
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
              tasks.progress(),
              tasks.running(),
              tasks.states(),
              unsavedPlan,
              List.copyOf(unsavedArtefacts),
              changed ? Optional.empty() : end));
    }
  }

  /** The database has this batch now. */
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
      stored.countDown();
    }
  }

  /** This run is not the current one any more: nothing else will be stored. */
  void abandon() {
    stored.countDown();
  }
}
