/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.bootstrapvz.appliance.queue.internal.store.LogPart;
import org.bootstrapvz.appliance.queue.internal.store.QueueStore;

/**
 * What a running build has done, until the writer has stored it in the database. The build only
 * appends to memory, which is bounded: it waits for a slow database. What is too long for the
 * database, and what comes while that cannot be reached, goes to a file, and the log says so. The
 * most recent part stays in memory for subscribers.
 */
final class BuildRecord {
  /** Number of characters of the log and of events from which a build waits for the database. */
  static final int MAX_BATCH = 1 << 20;

  /**
   * Maximum number of characters of the log and of events that wait for a database that cannot be
   * reached.
   */
  static final int MAX_WAITING_TEXT = 2 << 20;

  /** Maximum number of characters of a line. */
  static final int MAX_LINE = 256 << 10;

  /** Maximum number of characters of a text in an event, and in one of those that repeat. */
  private static final int MAX_EVENT_TEXT = 64 << 10;

  private static final int MAX_REPEATED_TEXT = 4 << 10;

  /** Number of events of a build from which those that repeat are left out. */
  static final int MAX_EVENTS = 20_000;

  /** The events of which a build may have any number. */
  private static final Set<String> REPEATED = Set.of("warning", "task-progress", "released");

  /** Maximum number of events that wait for the database. */
  static final int MAX_WAITING_EVENTS = 20_000;

  /** How long a build waits for a database that can be reached but is slow. */
  private static final long SLOW_DATABASE_TIMEOUT_MILLIS = 10_000;

  private final long build;
  private final long fence;
  private final long maxLog;
  private final BooleanSupplier reachable;
  private final LogOverflow rest;
  private final RecentRecord recent;
  private final CountDownLatch stored = new CountDownLatch(1);
  private volatile boolean lost;

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
  private long events;
  private boolean eventsMissing;
  private boolean full;
  private boolean changed;

  /** Characters, and events, that were appended and are not in the database yet. */
  private long waitingText;

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
   * @param rest gets the lines that the database does not get
   */
  BuildRecord(
      long build,
      QueueStore.Begun begun,
      long maxLog,
      BooleanSupplier reachable,
      LogOverflow rest) {
    this.build = build;
    this.fence = begun.fence();
    this.maxLog = maxLog;
    this.reachable = reachable;
    this.rest = rest;
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
    boolean repeated = REPEATED.contains(type);
    String json = Json.write(bounded(data, repeated ? MAX_REPEATED_TEXT : MAX_EVENT_TEXT));
    synchronized (incoming) {
      changed = true;
      events++;
      if (!repeated) {
        event(type, json);
      } else if (events < MAX_EVENTS) {
        waitForSpace();
        event(type, json);
      } else if (!eventsMissing) {
        eventsMissing = true;
        event(
            "warning",
            Json.write(Map.of("message", "Further warnings are only in the log of the build")));
      }
    }
  }

  /** Under the lock. */
  private void event(String type, String json) {
    if (waitingEvents < MAX_WAITING_EVENTS && waitingText < MAX_WAITING_TEXT) {
      waitingEvents++;
      waitingText += json.length();
      newEvents.add(new RecordedEvent(++sequence, Instant.now(), type, json));
    }
  }

  private static Map<String, Object> bounded(Map<String, ?> data, int max) {
    Map<String, Object> bounded = new LinkedHashMap<>();
    data.forEach(
        (key, value) ->
            bounded.put(key, value instanceof String text ? cut(text, max, "") : value));
    return bounded;
  }

  private static String cut(String text, int max, String where) {
    if (text.length() <= max) {
      return text;
    }
    int end = LogPart.end(text, 0, max);
    return text.substring(0, end)
        + "\u2026 ["
        + (text.length() - end)
        + " characters cut"
        + where
        + "]";
  }

  /** Adds a line to the log. */
  void log(String line) {
    // PostgreSQL cannot store this character.
    String text = line.indexOf(0) < 0 ? line : line.replace('\0', '\uFFFD');
    synchronized (incoming) {
      if (full) {
        toFile(text);
        return;
      }
      waitForSpace();
      if (waitingText >= MAX_WAITING_TEXT) {
        missingLines++;
        toFile(text);
        return;
      }
      if (missingLines > 0) {
        append(
            "["
                + missingLines
                + (missingLines == 1 ? " line is" : " lines are")
                + (rest.isOpen() ? " in " + rest.file() : " missing")
                + ": the database could not be reached]");
        missingLines = 0;
      }
      String shown = cut(text, MAX_LINE, "; the whole line is in " + rest.file());
      if (logEnd + shown.length() >= maxLog) {
        full = true;
        append("[the rest is in " + rest.file() + ": the log has its maximum size]");
        toFile(text);
      } else {
        append(shown);
        if (shown.length() != text.length()) {
          toFile(text);
        }
      }
    }
  }

  /** Under the lock. */
  private void toFile(String line) {
    rest.write(line).ifPresent(problem -> append("[the rest is missing: " + problem + "]"));
  }

  /** Under the lock. */
  private void append(String line) {
    newLog.append(line).append('\n');
    logEnd += line.length() + 1;
    waitingText += line.length() + 1;
    changed = true;
  }

  /** Under the lock, which it releases while it waits, so that a slow database gets everything. */
  private void waitForSpace() {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SLOW_DATABASE_TIMEOUT_MILLIS);
    boolean interrupted = false;
    while (waitingText >= MAX_BATCH && reachable.getAsBoolean() && System.nanoTime() < deadline) {
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
      rest.flush();
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
              fence,
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
      waitingText -= batch.log().length();
      waitingText -= batch.events().stream().mapToLong(event -> event.data().length()).sum();
      waitingEvents -= batch.events().size();
      incoming.notifyAll();
    }
    if (batch.end().isPresent()) {
      stored.countDown();
    }
  }

  /** Nothing else is added. */
  void close() {
    synchronized (incoming) {
      rest.close();
    }
  }

  /** The database has refused this run, as it has lost its build: nothing of it is stored. */
  void lost() {
    lost = true;
    abandon();
  }

  boolean isLost() {
    return lost;
  }

  /** Nothing else will be stored. */
  void abandon() {
    stored.countDown();
  }
}
