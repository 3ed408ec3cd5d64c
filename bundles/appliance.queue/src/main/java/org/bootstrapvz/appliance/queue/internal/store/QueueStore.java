/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.history.BuildAction;

/** The queue in the database. Safe for use by several threads. */
public final class QueueStore {
  private static final int MAX_PROVIDER_LENGTH = 200;

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
    Instant now = database.now();
    BuildState state = build.rejected() ? BuildState.REJECTED : BuildState.QUEUED;
    BuildSummary added =
        database.transaction(
            connection -> {
              long id = insert(connection, build, state, now);
              BuildAction submitted = submission(build, now);
              insertDocument(connection, id, build, submitted);
              Actions.insertEvent(connection, id, 1, submitted);
              if (build.retryOf().isPresent()) {
                addRetry(connection, build.retryOf().getAsLong(), id, submitted);
              }
              if (state == BuildState.QUEUED) {
                insertNeeds(connection, id, build.needs());
                schedule(connection, id, build.submission().priority());
              }
              return HistoryStore.summary(connection, id).orElseThrow();
            });
    database.sync();
    database.stored(added.id());
    return added;
  }

  private static long insert(Connection connection, NewBuild build, BuildState state, Instant now)
      throws SQLException {
    return Statements.insert(
        connection,
        "insert into build (name, submitter, priority, state, provider, plugins, submitted,"
            + " finished, retry_of, error, last_event) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        build.submission().name(),
        build.submission().submitter(),
        build.submission().priority(),
        state.name(),
        storable(build.provider()),
        String.join(" ", build.plugins()),
        now.toEpochMilli(),
        state.ended() ? now.toEpochMilli() : null,
        build.retryOf().isPresent() ? build.retryOf().getAsLong() : null,
        build.rejected() ? "The manifest has errors" : "");
  }

  /** No provider has a name that does not fit, so it is unknown, and its problem quotes it. */
  private static String storable(String provider) {
    if (provider.length() <= MAX_PROVIDER_LENGTH) {
      return provider;
    }
    boolean split = Character.isHighSurrogate(provider.charAt(MAX_PROVIDER_LENGTH - 1));
    return provider.substring(0, split ? MAX_PROVIDER_LENGTH - 1 : MAX_PROVIDER_LENGTH);
  }

  private static void insertDocument(
      Connection connection, long id, NewBuild build, BuildAction submitted) throws SQLException {
    Statements.update(
        connection,
        "insert into build_document (build_id, manifest, problems, plan, tasks, phases,"
            + " not_released, actions) values (?, ?, ?, ?, '[]', '{}', '[]', ?)",
        id,
        build.submission().manifest(),
        Json.write(build.problems()),
        build.plan().orElse(null),
        Actions.write(List.of(submitted)));
  }

  private static BuildAction submission(NewBuild build, Instant now) {
    return new BuildAction(
        now,
        "submitted",
        build.submission().submitter(),
        build.retryOf().isPresent() ? Long.toString(build.retryOf().getAsLong()) : "");
  }

  /** The build that is repeated may have been deleted in the meantime. */
  private static void addRetry(Connection connection, long id, long again, BuildAction submitted)
      throws SQLException {
    if (Statements.update(connection, "update build set retry_of = retry_of where id = ?", id)
        > 0) {
      Actions.addWithEvent(
          connection,
          id,
          new BuildAction(submitted.time(), "retried", submitted.by(), Long.toString(again)));
    }
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
   * @param fence the fencing number of this run, which all that it stores must carry
   * @param lastEvent the number of the last event
   * @param logLength length of the log
   */
  public record Begun(String manifest, int attempt, long fence, long lastEvent, long logLength) {}

  /**
   * Takes a queued build: marks it as running here under a new fencing number. Empty if it is not
   * queued, or if it was picked by another appliance in the meantime.
   */
  public Optional<Begun> begin(long id, String appliance, String instance) {
    return database.transaction(
        connection -> {
          int changed =
              Statements.update(
                  connection,
                  "update build set state = 'RUNNING', appliance = ?, instance = ?, started = ?,"
                      + " finished = null, error = '', progress = 0, fence = fence + 1 where id = ?"
                      + " and state = 'QUEUED' and exists (select 1 from scheduled_tasks where"
                      + " task_name = ? and task_instance = ? and picked = true and picked_by = ?)",
                  appliance,
                  instance,
                  database.now().toEpochMilli(),
                  id,
                  TASK,
                  Long.toString(id),
                  instance);
          if (changed == 0) {
            return Optional.empty();
          }
          return Statements.first(
              connection,
              "select d.manifest, b.attempt, b.fence, b.last_event, b.log_length from build b join"
                  + " build_document d on d.build_id = b.id where b.id = ?",
              row ->
                  new Begun(
                      row.getString(1),
                      row.getInt(2),
                      row.getLong(3),
                      row.getLong(4),
                      row.getLong(5)),
              id);
        });
  }

  /**
   * Cancels a queued build; returns whether it was queued.
   *
   * @param by who cancels it
   */
  public boolean cancelQueued(long id, String by) {
    Instant now = database.now();
    return database.transaction(
        connection -> {
          int changed =
              Statements.update(
                  connection,
                  "update build set state = 'CANCELLED', finished = ?, error = ? where id = ? and"
                      + " state = 'QUEUED'",
                  now.toEpochMilli(),
                  "Cancelled before it started, by " + by,
                  id);
          if (changed > 0) {
            Actions.addWithEvent(connection, id, new BuildAction(now, "cancelled", by, ""));
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

  /**
   * Asks the worker of a running build to cancel it; returns whether it is running.
   *
   * @param by who cancels it
   */
  public boolean askToCancel(long id, String by) {
    Instant now = database.now();
    return database.transaction(
        connection -> {
          int changed =
              Statements.update(
                  connection,
                  "update build set cancelled = true where id = ? and state = 'RUNNING'",
                  id);
          if (changed > 0) {
            Actions.add(connection, id, new BuildAction(now, "cancelled", by, ""));
          }
          return changed > 0;
        });
  }

  /** The running builds of an appliance that are to be cancelled, and who asked for it first. */
  public Map<Long, String> toCancel(String instance) {
    Map<Long, String> asked = new TreeMap<>();
    database.change(
        connection ->
            Statements.all(
                    connection,
                    "select b.id, d.actions from build b join build_document d on d.build_id = b.id"
                        + " where b.state = 'RUNNING' and b.cancelled = true and b.instance = ?",
                    row -> Map.entry(row.getLong(1), canceller(row.getString(2))),
                    instance)
                .forEach(each -> asked.put(each.getKey(), each.getValue())));
    return asked;
  }

  private static String canceller(String actions) {
    return Actions.read(actions).stream()
        .filter(action -> action.type().equals("cancelled"))
        .map(BuildAction::by)
        .findFirst()
        .orElse("unknown");
  }

  /**
   * Changes the priority of a queued build; returns whether it is queued.
   *
   * @param by who changes it
   */
  public boolean prioritise(long id, int priority, String by) {
    Instant now = database.now();
    return database.transaction(
        connection -> {
          int changed =
              Statements.update(
                  connection,
                  "update build set priority = ? where id = ? and state = 'QUEUED'",
                  priority,
                  id);
          if (changed > 0) {
            Actions.addWithEvent(
                connection,
                id,
                new BuildAction(now, "prioritised", by, Integer.toString(priority)));
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
   * Marks a running build as interrupted, and takes it away from its run.
   *
   * @param fence of that run
   * @return whether the build was running under this number
   */
  public boolean interrupt(long id, long fence, String error) {
    return database.transaction(
        connection -> {
          int changed =
              Statements.update(
                  connection,
                  "update build set state = 'INTERRUPTED', finished = ?, error = ?, task = '',"
                      + " fence = fence + 1 where id = ? and fence = ? and state = 'RUNNING'",
                  database.now().toEpochMilli(),
                  error,
                  id,
                  fence);
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

  /**
   * Queues a running build again, as a new attempt, and takes it away from its run.
   *
   * @param fence of that run
   * @return whether the build was running under this number
   */
  public boolean requeue(long id, long fence) {
    return database.transaction(
            connection ->
                Statements.update(
                    connection,
                    "update build set state = 'QUEUED', attempt = attempt + 1, appliance = '',"
                        + " instance = '', started = null, progress = 0, task = '', cancelled ="
                        + " false, fence = fence + 1 where id = ? and fence = ? and state ="
                        + " 'RUNNING'",
                    id,
                    fence))
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

  /**
   * A build that an appliance runs.
   *
   * @param appliance its name
   * @param attempt which run of the build it is
   * @param fence the fencing number of the run
   */
  public record Running(String appliance, int attempt, long fence) {}

  /** The run of a build; empty if it is not running. */
  public Optional<Running> running(long id) {
    return database.transaction(
        connection ->
            Statements.first(
                connection,
                "select appliance, attempt, fence from build where id = ? and state = 'RUNNING'",
                row -> new Running(row.getString(1), row.getInt(2), row.getLong(3)),
                id));
  }

  /**
   * Renews the lease on a build.
   *
   * @return whether it is still running here under this fencing number
   */
  public boolean renew(long id, long fence, String instance) {
    return database.transaction(
            connection ->
                Statements.update(
                    connection,
                    "update scheduled_tasks set last_heartbeat = ? where task_name = ? and"
                        + " task_instance = ? and picked = true and picked_by = ? and exists"
                        + " (select 1 from build where id = ? and instance = ? and fence = ? and"
                        + " state = 'RUNNING')",
                    database.now().atOffset(ZoneOffset.UTC),
                    TASK,
                    Long.toString(id),
                    instance,
                    id,
                    instance,
                    fence))
        > 0;
  }

  /**
   * The last heartbeat of a build that an appliance has picked.
   *
   * @param instance of the appliance
   * @param time of the heartbeat
   * @param version counts how often the build was picked
   */
  public record Heartbeat(String instance, Instant time, long version) {}

  /** The last heartbeats of all builds that appliances have picked. */
  public Map<Long, Heartbeat> heartbeats() {
    Map<Long, Heartbeat> heartbeats = new TreeMap<>();
    database.change(
        connection ->
            Statements.all(
                    connection,
                    "select task_instance, picked_by, last_heartbeat, version from scheduled_tasks"
                        + " where task_name = ? and picked = true and last_heartbeat is not null",
                    row ->
                        Map.entry(
                            row.getLong(1),
                            new Heartbeat(
                                row.getString(2),
                                row.getObject(3, OffsetDateTime.class).toInstant(),
                                row.getLong(4))),
                    TASK)
                .forEach(each -> heartbeats.put(each.getKey(), each.getValue())));
    return heartbeats;
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
