/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.events.LogText;
import org.bootstrapvz.appliance.api.events.RecordedEvent;
import org.bootstrapvz.appliance.api.history.BuildDetails;
import org.bootstrapvz.appliance.api.history.BuildPage;
import org.bootstrapvz.appliance.api.history.BuildQuery;
import org.bootstrapvz.appliance.api.history.Finding;
import org.bootstrapvz.appliance.api.history.TaskRun;
import org.bootstrapvz.appliance.api.history.TaskState;
import org.bootstrapvz.appliance.api.history.UsedBundle;
import org.bootstrapvz.document.PlanDocument;

/** The builds in the database. Safe for use by several threads. */
public final class BuildStore {
  /** Name under which db-scheduler knows builds. */
  public static final String TASK = "build";

  private static final int LOG_CHUNK = 64 << 10;
  private static final String SUMMARY =
      "id, name, submitter, priority, state, provider, plugins, submitted, started, finished,"
          + " appliance, attempt, retry_of, progress, task, error, artefact_bytes";

  private final Database database;

  /** In a database. */
  public BuildStore(Database database) {
    this.database = database;
  }

  // --- queue ---

  /** When a build is due: at once, but after all with a smaller number. */
  public static Instant due(long id) {
    return Instant.ofEpochMilli(id);
  }

  /** Writes a new build down; on disk when this returns. */
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
              return summary(connection, id).orElseThrow();
            });
    database.sync();
    return added;
  }

  private static long insert(Connection connection, NewBuild build, BuildState state, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into build (name, submitter, priority, state, provider, plugins, submitted,"
                + " finished, retry_of, error) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            new String[] {"id"})) {
      insert.setString(1, build.submission().name());
      insert.setString(2, build.submission().submitter());
      insert.setInt(3, build.submission().priority());
      insert.setString(4, state.name());
      insert.setString(5, build.provider());
      insert.setString(6, String.join(" ", build.plugins()));
      insert.setLong(7, now.toEpochMilli());
      setLong(
          insert, 8, state.ended() ? OptionalLong.of(now.toEpochMilli()) : OptionalLong.empty());
      setLong(insert, 9, build.retryOf());
      insert.setString(10, build.rejected() ? "The manifest has errors" : "");
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        return keys.getLong(1);
      }
    }
  }

  private static void insertDocument(Connection connection, long id, NewBuild build)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into build_document (build_id, manifest, problems, plan, tasks, phases,"
                + " not_released) values (?, ?, ?, ?, '[]', '{}', '[]')")) {
      insert.setLong(1, id);
      insert.setString(2, build.submission().manifest());
      insert.setString(3, Json.write(build.problems()));
      insert.setString(4, build.plan().orElse(null));
      insert.executeUpdate();
    }
  }

  private static void insertNeeds(Connection connection, long id, Set<String> needs)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into build_need (build_id, need) values (?, ?)")) {
      for (String need : needs) {
        insert.setLong(1, id);
        insert.setString(2, need);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** In the transaction of the build itself, so that neither is without the other. */
  private static void schedule(Connection connection, long id, int priority) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into scheduled_tasks (task_name, task_instance, execution_time, picked,"
                + " version, priority) values (?, ?, ?, false, 1, ?)")) {
      insert.setString(1, TASK);
      insert.setString(2, Long.toString(id));
      insert.setObject(3, due(id).atOffset(ZoneOffset.UTC));
      insert.setInt(4, priority);
      insert.executeUpdate();
    }
  }

  /**
   * What a run needs to begin.
   *
   * @param manifest the manifest as submitted
   * @param attempt which run of the build it is
   * @param lastEvent the number of the last event
   * @param logLength where the log ends
   */
  public record Begun(String manifest, int attempt, long lastEvent, long logLength) {}

  /** Marks a queued build as running here; empty if it is not queued. */
  public Optional<Begun> begin(long id, String appliance, String instance) {
    return database.transaction(
        connection -> {
          int changed =
              update(
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
          return first(
              connection,
              "select d.manifest, b.attempt, b.last_event, b.log_length from build b join"
                  + " build_document d on d.build_id = b.id where b.id = ?",
              row -> new Begun(row.getString(1), row.getInt(2), row.getLong(3), row.getLong(4)),
              id);
        });
  }

  /**
   * Writes news of a running build. A build that was given up in error comes back to life.
   *
   * @return whether this run is still the one that counts
   */
  public boolean write(Batch batch, String instance) {
    return database.transaction(
        connection -> {
          BuildState state = batch.end().map(Batch.End::state).orElse(BuildState.RUNNING);
          int changed =
              update(
                  connection,
                  "update build set state = ?, finished = ?, error = ?, progress = ?, task = ?,"
                      + " last_event = greatest(last_event, ?), log_length = ? where"
                      + " id = ? and instance = ? and attempt = ? and"
                      + " state in ('RUNNING', 'INTERRUPTED')",
                  state.name(),
                  batch.end().isPresent() ? System.currentTimeMillis() : null,
                  batch.end().map(Batch.End::error).orElse(""),
                  batch.progress(),
                  batch.task(),
                  batch.events().isEmpty()
                      ? 0L
                      : batch.events().get(batch.events().size() - 1).sequence(),
                  batch.logEnd(),
                  batch.id(),
                  instance,
                  batch.attempt());
          if (changed == 0) {
            return false;
          }
          writeEvents(connection, batch);
          writeLog(connection, batch);
          writeArtefacts(connection, batch);
          writeDocument(connection, batch);
          return true;
        });
  }

  private static void writeEvents(Connection connection, Batch batch) throws SQLException {
    if (batch.events().isEmpty()) {
      return;
    }
    // An answer that got lost may have left this batch written already.
    update(
        connection,
        "delete from build_event where build_id = ? and sequence >= ?",
        batch.id(),
        batch.events().get(0).sequence());
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into build_event (build_id, sequence, time, type, data) values (?, ?, ?, ?,"
                + " ?)")) {
      for (RecordedEvent event : batch.events()) {
        insert.setLong(1, batch.id());
        insert.setLong(2, event.sequence());
        insert.setLong(3, event.time().toEpochMilli());
        insert.setString(4, event.type());
        insert.setString(5, event.data());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void writeLog(Connection connection, Batch batch) throws SQLException {
    if (batch.log().isEmpty()) {
      return;
    }
    update(
        connection,
        "delete from log_chunk where build_id = ? and start_at >= ?",
        batch.id(),
        batch.logOffset());
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into log_chunk (build_id, start_at, text) values (?, ?, ?)")) {
      String log = batch.log();
      for (int start = 0; start < log.length(); ) {
        int end = LogPart.end(log, start, LOG_CHUNK);
        insert.setLong(1, batch.id());
        insert.setLong(2, batch.logOffset() + start);
        insert.setString(3, log.substring(start, end));
        insert.addBatch();
        start = end;
      }
      insert.executeBatch();
    }
  }

  private static void writeArtefacts(Connection connection, Batch batch) throws SQLException {
    if (batch.artefacts().isEmpty()) {
      return;
    }
    for (Artefact artefact : batch.artefacts()) {
      update(
          connection,
          "delete from artefact where build_id = ? and name = ?",
          batch.id(),
          artefact.name());
      if (artefact instanceof Artefact.Local local) {
        update(
            connection,
            "insert into artefact (build_id, name, path, size, size_on_disk, sha256) values"
                + " (?, ?, ?, ?, ?, ?)",
            batch.id(),
            local.name(),
            local.path().toString(),
            local.size(),
            local.sizeOnDisk(),
            local.sha256());
      } else if (artefact instanceof Artefact.Remote remote) {
        update(
            connection,
            "insert into artefact (build_id, name, path, size, size_on_disk, sha256, kind, account,"
                + " region, link) values (?, ?, '', 0, 0, '', ?, ?, ?, ?)",
            batch.id(),
            remote.id(),
            remote.kind(),
            remote.account(),
            remote.region(),
            remote.link());
      }
    }
    update(
        connection,
        "update build set artefact_bytes = (select sum(size_on_disk) from artefact where build_id ="
            + " ?) where id = ?",
        batch.id(),
        batch.id());
  }

  private static void writeDocument(Connection connection, Batch batch) throws SQLException {
    update(
        connection,
        "update build_document set tasks = ? where build_id = ?",
        Json.write(batch.tasks()),
        batch.id());
    if (batch.plan().isPresent()) {
      update(
          connection,
          "update build_document set plan = ? where build_id = ?",
          batch.plan().get(),
          batch.id());
    }
    if (batch.end().isPresent()) {
      Batch.End end = batch.end().get();
      update(
          connection,
          "update build_document set problems = ?, phases = ?, not_released = ? where build_id = ?",
          end.problems(),
          end.phases(),
          end.notReleased(),
          batch.id());
      update(connection, "delete from build_need where build_id = ?", batch.id());
    }
  }

  /** Whether the build was queued; it is cancelled then. */
  public boolean cancelQueued(long id) {
    return database.transaction(
        connection -> {
          int changed =
              update(
                  connection,
                  "update build set state = 'CANCELLED', finished = ?, error = 'Cancelled before it"
                      + " began' where id = ? and state = 'QUEUED'",
                  System.currentTimeMillis(),
                  id);
          if (changed > 0) {
            unschedule(connection, id);
          }
          return changed > 0;
        });
  }

  private static void unschedule(Connection connection, long id) throws SQLException {
    // What a worker has picked this moment, it removes itself when it sees that nothing is queued.
    update(
        connection,
        "delete from scheduled_tasks where task_name = ? and task_instance = ? and picked = false",
        TASK,
        Long.toString(id));
    update(connection, "delete from build_need where build_id = ?", id);
  }

  /** Asks the worker of a running build to cancel it; answers whether it is running. */
  public boolean askToCancel(long id) {
    return database.transaction(
            connection ->
                update(
                    connection,
                    "update build set cancelled = true where id = ? and state = 'RUNNING'",
                    id))
        > 0;
  }

  /** The running builds of an appliance that somebody wants to be cancelled. */
  public List<Long> toCancel(String instance) {
    return database.transaction(
        connection ->
            all(
                connection,
                "select id from build where state = 'RUNNING' and cancelled = true and instance = ?",
                row -> row.getLong(1),
                instance));
  }

  /** Changes the priority of a queued build; answers whether it is queued. */
  public boolean prioritise(long id, int priority) {
    return database.transaction(
        connection -> {
          int changed =
              update(
                  connection,
                  "update build set priority = ? where id = ? and state = 'QUEUED'",
                  priority,
                  id);
          if (changed > 0) {
            update(
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
              update(
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
        first(
            connection,
            "select tasks from build_document where build_id = ?",
            row -> row.getString(1),
            id);
    if (tasks.isPresent()) {
      List<TaskProgress> stopped = new ArrayList<>();
      for (TaskProgress task : Json.read(tasks.get(), TaskProgress[].class)) {
        stopped.add(ended(task));
      }
      update(
          connection,
          "update build_document set tasks = ? where build_id = ?",
          Json.write(stopped),
          id);
    }
  }

  /** A task of a build that has ended before the task did. */
  public static TaskProgress ended(TaskProgress task) {
    return switch (task.state()) {
      case WAITING -> new TaskProgress(TaskState.SKIPPED, -1);
      case RUNNING -> new TaskProgress(TaskState.STOPPED, -1);
      default -> task;
    };
  }

  /** Queues a running build again, as a new attempt; answers whether it was running. */
  public boolean requeue(long id) {
    return database.transaction(
            connection ->
                update(
                    connection,
                    "update build set state = 'QUEUED', attempt = attempt + 1, appliance = '',"
                        + " instance = '', started = null, progress = 0, task = '', cancelled ="
                        + " false where id = ? and state = 'RUNNING'",
                    id))
        > 0;
  }

  /**
   * Lets db-scheduler see at once that what a worker had picked is dead. For a worker that has just
   * been started: it cannot have picked anything yet.
   */
  public void disown(String worker) {
    database.change(
        connection ->
            update(
                connection,
                "update scheduled_tasks set last_heartbeat = ? where picked = true and picked_by ="
                    + " ?",
                Instant.EPOCH.atOffset(ZoneOffset.UTC),
                worker));
  }

  // --- appliances ---

  /** Writes down that an appliance lives, and what it offers. */
  public void seen(String instance, String name, Collection<String> offers) {
    database.change(
        connection -> {
          long now = System.currentTimeMillis();
          String text = String.join(" ", offers);
          int changed =
              update(
                  connection,
                  "update appliance set name = ?, seen = ?, offers = ? where instance = ?",
                  name,
                  now,
                  text,
                  instance);
          if (changed == 0) {
            update(
                connection,
                "insert into appliance (name, seen, offers, instance) values (?, ?, ?, ?)",
                name,
                now,
                text,
                instance);
          }
        });
  }

  /** Writes down that an appliance does not live any more. */
  public void gone(String instance) {
    database.change(
        connection -> update(connection, "delete from appliance where instance = ?", instance));
  }

  /** What each of the appliances offers that were seen lately. */
  public List<Set<String>> offers(Duration lately) {
    return database.transaction(
        connection ->
            all(
                connection,
                "select offers from appliance where seen >= ?",
                row -> (Set<String>) new TreeSet<>(List.of(row.getString(1).split(" "))),
                System.currentTimeMillis() - lately.toMillis()));
  }

  /** What a queued build needs. */
  public Set<String> needs(long id) {
    List<String> needs =
        database.transaction(
            connection ->
                all(
                    connection,
                    "select need from build_need where build_id = ?",
                    row -> row.getString(1),
                    id));
    return new TreeSet<>(needs);
  }

  // --- history ---

  /** A page of builds. */
  public BuildPage page(BuildQuery query) {
    List<Object> values = new ArrayList<>();
    String sql;
    if (query.states().isEmpty()) {
      sql = newest("", query, values) + " order by id desc limit ?";
    } else {
      // Each from its end of the index: what is in a state may be nearly all of the history.
      List<String> parts = new ArrayList<>();
      for (BuildState state : query.states()) {
        values.add(state.name());
        parts.add(
            "(" + newest(" and state = ?", query, values) + " order by state, id desc limit ?)");
        values.add(query.limit() + 1);
      }
      sql =
          "select * from ("
              + String.join(" union all ", parts)
              + ") newest order by id desc limit ?";
    }
    values.add(query.limit() + 1);
    List<BuildSummary> builds =
        database.transaction(
            connection -> all(connection, sql, BuildStore::summary, values.toArray()));
    boolean more = builds.size() > query.limit();
    List<BuildSummary> page = more ? builds.subList(0, query.limit()) : builds;
    return new BuildPage(
        List.copyOf(page),
        more ? OptionalLong.of(page.get(page.size() - 1).id()) : OptionalLong.empty());
  }

  private static String newest(String condition, BuildQuery query, List<Object> values) {
    query.before().ifPresent(values::add);
    return "select "
        + SUMMARY
        + " from build where true"
        + condition
        + (query.before().isPresent() ? " and id < ?" : "");
  }

  /** The summary of a build. */
  public Optional<BuildSummary> summary(long id) {
    return database.transaction(connection -> summary(connection, id));
  }

  private static Optional<BuildSummary> summary(Connection connection, long id)
      throws SQLException {
    return first(
        connection, "select " + SUMMARY + " from build where id = ?", BuildStore::summary, id);
  }

  private static BuildSummary summary(ResultSet row) throws SQLException {
    String plugins = row.getString("plugins");
    return new BuildSummary(
        row.getLong("id"),
        row.getString("name"),
        row.getString("submitter"),
        row.getInt("priority"),
        BuildState.valueOf(row.getString("state")),
        row.getString("provider"),
        plugins.isEmpty() ? List.of() : List.of(plugins.split(" ")),
        Instant.ofEpochMilli(row.getLong("submitted")),
        time(row, "started"),
        time(row, "finished"),
        row.getString("appliance"),
        row.getInt("attempt"),
        optionalLong(row, "retry_of"),
        row.getDouble("progress"),
        row.getString("task"),
        row.getString("error"),
        row.getLong("artefact_bytes"));
  }

  private record Document(
      String problems, Optional<String> plan, String tasks, String phases, String notReleased) {}

  /** All of a build but manifest, events and log. */
  public Optional<BuildDetails> details(long id) {
    return database.transaction(
        connection -> {
          Optional<BuildSummary> summary = summary(connection, id);
          if (summary.isEmpty()) {
            return Optional.empty();
          }
          Optional<Document> found =
              first(
                  connection,
                  "select problems, plan, tasks, phases, not_released from build_document where"
                      + " build_id = ?",
                  row ->
                      new Document(
                          row.getString(1),
                          Optional.ofNullable(row.getString(2)),
                          row.getString(3),
                          row.getString(4),
                          row.getString(5)),
                  id);
          if (found.isEmpty()) {
            return Optional.empty(); // It was forgotten this moment.
          }
          Document document = found.get();
          Optional<PlanDocument> plan = document.plan().map(PlanDocument::parse);
          return Optional.of(
              new BuildDetails(
                  summary.get(),
                  List.of(Json.read(document.problems(), Finding[].class)),
                  tasks(plan, List.of(Json.read(document.tasks(), TaskProgress[].class))),
                  document.plan(),
                  artefacts(connection, id),
                  bundles(plan),
                  phases(document.phases()),
                  List.of(Json.read(document.notReleased(), String[].class))));
        });
  }

  private static List<TaskRun> tasks(Optional<PlanDocument> plan, List<TaskProgress> progress) {
    List<TaskRun> tasks = new ArrayList<>();
    for (PlannedTask task : plan.map(PlanDocument::tasks).orElse(List.of())) {
      TaskProgress run =
          tasks.size() < progress.size() ? progress.get(tasks.size()) : TaskProgress.WAITING;
      tasks.add(
          new TaskRun(
              task.id(),
              task.name(),
              task.phase(),
              task.description(),
              run.state(),
              run.millis() < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(run.millis()))));
    }
    return List.copyOf(tasks);
  }

  private static List<UsedBundle> bundles(Optional<PlanDocument> plan) {
    Set<UsedBundle> bundles = new LinkedHashSet<>();
    plan.ifPresent(
        p -> p.tasks().forEach(task -> bundles.add(new UsedBundle(task.bundle(), task.version()))));
    return List.copyOf(bundles);
  }

  private static Map<Phase, Duration> phases(String json) {
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    Map<?, ?> stored = Json.read(json, Map.class);
    stored.forEach(
        (phase, millis) ->
            phases.put(
                Phase.valueOf((String) phase), Duration.ofMillis(((Number) millis).longValue())));
    return Collections.unmodifiableMap(phases);
  }

  /** The manifest of a build as it was submitted. */
  public Optional<String> manifest(long id) {
    return database.transaction(
        connection ->
            first(
                connection,
                "select manifest from build_document where build_id = ?",
                row -> row.getString(1),
                id));
  }

  /** Events of a build. */
  public List<RecordedEvent> events(long id, long after, int limit) {
    return database.transaction(
        connection ->
            all(
                connection,
                "select sequence, time, type, data from build_event where build_id = ? and sequence"
                    + " > ? order by sequence limit ?",
                row ->
                    new RecordedEvent(
                        row.getLong(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getString(3),
                        row.getString(4)),
                id,
                after,
                limit));
  }

  /** A part of a build's log. */
  public LogText log(long id, long offset, int limit) {
    record Chunk(long start, String text) {}
    return database.transaction(
        connection -> {
          List<Chunk> chunks = new ArrayList<>();
          long from =
              first(
                      connection,
                      "select max(start_at) from log_chunk where build_id = ? and start_at <= ?",
                      row -> row.getLong(1),
                      id,
                      offset)
                  .orElse(0L);
          try (PreparedStatement select =
              prepare(
                  connection,
                  "select start_at, text from log_chunk where build_id = ? and start_at >= ? order"
                      + " by start_at limit ?",
                  id,
                  from,
                  2 + limit / 1024)) {
            try (ResultSet rows = select.executeQuery()) {
              long end = Long.MAX_VALUE;
              while (rows.next() && rows.getLong(1) < end) {
                chunks.add(new Chunk(rows.getLong(1), rows.getString(2)));
                end = offset + limit;
              }
            }
          }
          StringBuilder text = new StringBuilder();
          long start = offset;
          for (Chunk chunk : chunks) {
            int skip = (int) Math.max(0, offset - chunk.start());
            if (skip < chunk.text().length()) {
              text.append(chunk.text(), skip, chunk.text().length());
            }
          }
          int end = LogPart.end(text, 0, limit);
          return new LogText(text.substring(0, end), start, start + end);
        });
  }

  /** How many builds are in each state. */
  public Map<BuildState, Long> counts() {
    Map<BuildState, Long> counts = new EnumMap<>(BuildState.class);
    for (BuildState state : BuildState.values()) {
      counts.put(state, 0L);
    }
    database.change(
        connection ->
            all(
                connection,
                "select state, count(*) from build group by state",
                row -> counts.put(BuildState.valueOf(row.getString(1)), row.getLong(2))));
    return counts;
  }

  /**
   * Where a build stands, to see whether there are news.
   *
   * @param state its state
   * @param attempt which run
   * @param lastEvent the number of its last event
   * @param logLength where its log ends
   */
  public record Position(BuildState state, int attempt, long lastEvent, long logLength) {}

  /** Where builds stand. */
  public Map<Long, Position> positions(Collection<Long> ids) {
    Map<Long, Position> positions = new TreeMap<>();
    database.change(
        connection -> {
          for (long id : ids) {
            first(
                    connection,
                    "select state, attempt, last_event, log_length from build where id = ?",
                    row ->
                        new Position(
                            BuildState.valueOf(row.getString(1)),
                            row.getInt(2),
                            row.getLong(3),
                            row.getLong(4)),
                    id)
                .ifPresent(position -> positions.put(id, position));
          }
        });
    return positions;
  }

  /**
   * A build of which the history may be forgotten.
   *
   * @param id its number
   * @param finished when it ended
   * @param bytes what its artefacts take on the disk
   */
  public record Old(long id, Instant finished, long bytes) {}

  /** All builds that ended on an appliance, or nowhere; newest first. */
  public List<Old> ended(String instance) {
    return database.transaction(
        connection ->
            all(
                connection,
                "select id, finished, artefact_bytes from build where finished is not null and"
                    + " instance in (?, '') and state not in ('QUEUED', 'RUNNING') order by id desc",
                row ->
                    new Old(row.getLong(1), Instant.ofEpochMilli(row.getLong(2)), row.getLong(3)),
                instance));
  }

  /** Forgets a build. */
  public void forget(long id) {
    database.change(connection -> update(connection, "delete from build where id = ?", id));
  }

  /** The artefacts of a build. */
  public List<Artefact> artefacts(long id) {
    return database.transaction(connection -> artefacts(connection, id));
  }

  private static List<Artefact> artefacts(Connection connection, long id) throws SQLException {
    return all(
        connection,
        "select name, path, size, size_on_disk, sha256, kind, account, region, link from artefact"
            + " where build_id = ? order by name",
        row -> {
          String kind = row.getString("kind");
          return kind.isEmpty()
              ? new Artefact.Local(
                  Path.of(row.getString("path")),
                  row.getLong("size"),
                  row.getLong("size_on_disk"),
                  row.getString("sha256"))
              : new Artefact.Remote(
                  kind,
                  row.getString("account"),
                  row.getString("region"),
                  row.getString("name"),
                  row.getString("link"));
        },
        id);
  }

  // --- statements ---

  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        statement.setNull(i + 1, Types.BIGINT);
      } else {
        statement.setObject(i + 1, values[i]);
      }
    }
    return statement;
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  private static <T> List<T> all(
      Connection connection, String sql, Row<T> mapping, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(mapping.of(rows));
      }
      return all;
    }
  }

  private static <T> Optional<T> first(
      Connection connection, String sql, Row<T> mapping, Object... values) throws SQLException {
    return all(connection, sql, mapping, values).stream().findFirst();
  }

  private static void setLong(PreparedStatement statement, int index, OptionalLong value)
      throws SQLException {
    if (value.isPresent()) {
      statement.setLong(index, value.getAsLong());
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }

  private static OptionalLong optionalLong(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    OptionalLong value = optionalLong(row, column);
    return value.isPresent()
        ? Optional.of(Instant.ofEpochMilli(value.getAsLong()))
        : Optional.empty();
  }
}
