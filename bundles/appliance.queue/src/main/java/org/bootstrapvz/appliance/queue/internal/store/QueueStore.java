/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;

/** The queue in the database. Safe for use by several threads. */
public final class QueueStore {
  /** Name under which db-scheduler knows builds. */
  public static final String TASK = "build";

  private final Database database;

  /** In a database. */
  public QueueStore(Database database) {
    this.database = database;
  }

  /** When a build is due: at once, but after all builds with a smaller number. */
  public static Instant due(long id) {
    return Instant.ofEpochMilli(id);
  }

  /** Stores a new build; it is on disk when this returns. */
  public BuildSummary add(NewBuild build) {
    Instant now = Instant.now();
    BuildState state = build.rejected() ? BuildState.REJECTED : BuildState.QUEUED;
    BuildSummary added =
        database.transaction(
            connection -> {
              long id = insert(connection, build, state, now);
              insertDocument(connection, id, build);
              if (state == BuildState.QUEUED) {
                insertNeeds(connection, id, build.needs());
                schedule(connection, id, build.submission().priority());
              }
              return HistoryStore.summary(connection, id).orElseThrow();
            });
    database.sync();
    return added;
  }

  private static long insert(Connection connection, NewBuild build, BuildState state, Instant now)
      throws SQLException {
    return Statements.insert(
        connection,
        "insert into build (name, submitter, priority, state, provider, plugins, submitted,"
            + " finished, retry_of, error) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        build.submission().name(),
        build.submission().submitter(),
        build.submission().priority(),
        state.name(),
        build.provider(),
        String.join(" ", build.plugins()),
        now.toEpochMilli(),
        state.ended() ? now.toEpochMilli() : null,
        build.retryOf().isPresent() ? build.retryOf().getAsLong() : null,
        build.rejected() ? "The manifest has errors" : "");
  }

  private static void insertDocument(Connection connection, long id, NewBuild build)
      throws SQLException {
    Statements.update(
        connection,
        "insert into build_document (build_id, manifest, problems, plan, tasks, phases,"
            + " not_released) values (?, ?, ?, ?, '[]', '{}', '[]')",
        id,
        build.submission().manifest(),
        Json.write(build.problems()),
        build.plan().orElse(null));
  }

  private static void insertNeeds(Connection connection, long id, Set<String> needs)
      throws SQLException {
    Statements.batch(
        connection,
        "insert into build_need (build_id, need) values (?, ?)",
        needs.stream().map(need -> new Object[] {id, need}).toList());
  }

  /** In the transaction of the build itself, so that there is never one without the other. */
  private static void schedule(Connection connection, long id, int priority) throws SQLException {
    Statements.update(
        connection,
        "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version,"
            + " priority) values (?, ?, ?, false, 1, ?)",
        TASK,
        Long.toString(id),
        due(id).atOffset(ZoneOffset.UTC),
        priority);
  }

  /**
   * What a run needs to start.
   *
   * @param manifest the manifest as submitted
   * @param attempt which run of the build it is
   * @param lastEvent the number of the last event
   * @param logLength length of the log
   */
  public record Begun(String manifest, int attempt, long lastEvent, long logLength) {}

  /** Marks a queued build as running here; empty if it is not queued. */
  public Optional<Begun> begin(long id, String appliance, String instance) {
    return database.transaction(
        connection -> {
          int changed =
              Statements.update(
                  connection,
                  "update build set state = 'RUNNING', appliance = ?, instance = ?, started = ?,"
                      + " finished = null, error = '', progress = 0 where id = ? and state ="
                      + " 'QUEUED'",
                  appliance,
                  instance,
                  System.currentTimeMillis(),
                  id);
          if (changed == 0) {
            return Optional.empty();
          }
          return Statements.first(
              connection,
              "select d.manifest, b.attempt, b.last_event, b.log_length from build b join"
                  + " build_document d on d.build_id = b.id where b.id = ?",
              row -> new Begun(row.getString(1), row.getInt(2), row.getLong(3), row.getLong(4)),
              id);
        });
  }

  /** Cancels a queued build; returns whether it was queued. */
  public boolean cancelQueued(long id) {
    return database.transaction(
        connection -> {
          int changed =
              Statements.update(
                  connection,
                  "update build set state = 'CANCELLED', finished = ?, error = 'Cancelled before it"
                      + " started' where id = ? and state = 'QUEUED'",
                  System.currentTimeMillis(),
                  id);
          if (changed > 0) {
            unschedule(connection, id);
          }
          return changed > 0;
        });
  }

  private static void unschedule(Connection connection, long id) throws SQLException {
    // If a worker has picked it in this moment, the worker finds it not queued and removes it.
    Statements.update(
        connection,
        "delete from scheduled_tasks where task_name = ? and task_instance = ? and picked = false",
        TASK,
        Long.toString(id));
    Statements.update(connection, "delete from build_need where build_id = ?", id);
  }

  /** Asks the worker of a running build to cancel it; returns whether it is running. */
  public boolean askToCancel(long id) {
    return database.transaction(
            connection ->
                Statements.update(
                    connection,
                    "update build set cancelled = true where id = ? and state = 'RUNNING'",
                    id))
        > 0;
  }

  /** The running builds of an appliance that are to be cancelled. */
  public List<Long> toCancel(String instance) {
    return database.transaction(
        connection ->
            Statements.all(
                connection,
                "select id from build where state = 'RUNNING' and cancelled = true and instance = ?",
                row -> row.getLong(1),
                instance));
  }

  /** Changes the priority of a queued build; returns whether it is queued. */
  public boolean prioritise(long id, int priority) {
    return database.transaction(
        connection -> {
          int changed =
              Statements.update(
                  connection,
                  "update build set priority = ? where id = ? and state = 'QUEUED'",
                  priority,
                  id);
          if (changed > 0) {
            Statements.update(
                connection,
                "update scheduled_tasks set priority = ? where task_name = ? and task_instance = ?"
                    + " and picked = false",
                priority,
                TASK,
                Long.toString(id));
          }
          return changed > 0;
        });
  }

  /**
   * Marks a running build as interrupted.
   *
   * @return whether it was running
   */
  public boolean interrupt(long id, String error) {
    return database.transaction(
        connection -> {
          int changed =
              Statements.update(
                  connection,
                  "update build set state = 'INTERRUPTED', finished = ?, error = ?, task = '' where"
                      + " id = ? and state = 'RUNNING'",
                  System.currentTimeMillis(),
                  error,
                  id);
          if (changed > 0) {
            stopTasks(connection, id);
          }
          return changed > 0;
        });
  }

  private static void stopTasks(Connection connection, long id) throws SQLException {
    Optional<String> tasks =
        Statements.first(
            connection,
            "select tasks from build_document where build_id = ?",
            row -> row.getString(1),
            id);
    if (tasks.isPresent()) {
      List<TaskProgress> stopped = new ArrayList<>();
      for (TaskProgress task : Json.read(tasks.get(), TaskProgress[].class)) {
        stopped.add(task.ended());
      }
      Statements.update(
          connection,
          "update build_document set tasks = ? where build_id = ?",
          Json.write(stopped),
          id);
    }
  }

  /** Queues a running build again, as a new attempt; returns whether it was running. */
  public boolean requeue(long id) {
    return database.transaction(
            connection ->
                Statements.update(
                    connection,
                    "update build set state = 'QUEUED', attempt = attempt + 1, appliance = '',"
                        + " instance = '', started = null, progress = 0, task = '', cancelled ="
                        + " false where id = ? and state = 'RUNNING'",
                    id))
        > 0;
  }

  /**
   * Makes db-scheduler treat the builds that a worker had picked as dead at once. For a worker that
   * has just started: it cannot have picked any yet.
   */
  public void disown(String worker) {
    database.change(
        connection ->
            Statements.update(
                connection,
                "update scheduled_tasks set last_heartbeat = ? where picked = true and picked_by ="
                    + " ?",
                Instant.EPOCH.atOffset(ZoneOffset.UTC),
                worker));
  }

  /** What a queued build needs. */
  public Set<String> needs(long id) {
    List<String> needs =
        database.transaction(
            connection ->
                Statements.all(
                    connection,
                    "select need from build_need where build_id = ?",
                    row -> row.getString(1),
                    id));
    return new TreeSet<>(needs);
  }
}
