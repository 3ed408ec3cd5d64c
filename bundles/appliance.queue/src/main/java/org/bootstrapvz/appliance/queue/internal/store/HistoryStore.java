/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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
import java.util.stream.Collectors;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.history.BuildDetails;
import org.bootstrapvz.appliance.api.history.BuildPage;
import org.bootstrapvz.appliance.api.history.BuildQuery;
import org.bootstrapvz.appliance.api.history.Finding;
import org.bootstrapvz.appliance.api.history.TaskRun;
import org.bootstrapvz.appliance.api.history.UsedBundle;
import org.bootstrapvz.document.PlanDocument;

/** The history of builds in the database. Safe for use by several threads. */
public final class HistoryStore {
  private static final String SUMMARY =
      "id, name, submitter, priority, state, provider, plugins, submitted, started, finished,"
          + " appliance, attempt, retry_of, progress, task, error, artefact_bytes";

  /** The states of builds that have ended, as a list for SQL. */
  private static final String ENDED =
      BuildState.ENDED.stream()
          .map(state -> "'" + state.name() + "'")
          .sorted()
          .collect(Collectors.joining(", ", "(", ")"));

  /** More than two years of them. */
  private static final int MAX_MARKS = 10_000;

  private final Database database;

  /** In a database. */
  public HistoryStore(Database database) {
    this.database = database;
  }

  /** A page of builds. */
  public BuildPage page(BuildQuery query) {
    List<Object> values = new ArrayList<>();
    String sql = pageStatement(query, values);
    List<BuildSummary> builds =
        database.transaction(
            connection -> Statements.all(connection, sql, HistoryStore::summary, values.toArray()));
    boolean more = builds.size() > query.limit();
    List<BuildSummary> page = more ? builds.subList(0, query.limit()) : builds;
    return new BuildPage(
        List.copyOf(page),
        more ? OptionalLong.of(page.get(page.size() - 1).id()) : OptionalLong.empty());
  }

  /**
   * The statement for a page.
   *
   * @param values receives the values of its parameters
   */
  static String pageStatement(BuildQuery query, List<Object> values) {
    String sql;
    if (query.states().isEmpty()) {
      sql = newest("", query, values) + " order by id desc limit ?";
    } else {
      // One query for each state, as each can use the index: one state may hold nearly all builds.
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
    return sql;
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

  static Optional<BuildSummary> summary(Connection connection, long id) throws SQLException {
    return Statements.first(
        connection, "select " + SUMMARY + " from build where id = ?", HistoryStore::summary, id);
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
        Statements.time(row, "started"),
        Statements.time(row, "finished"),
        row.getString("appliance"),
        row.getInt("attempt"),
        Statements.optionalLong(row, "retry_of"),
        row.getDouble("progress"),
        row.getString("task"),
        row.getString("error"),
        row.getLong("artefact_bytes"));
  }

  private record Document(
      String problems,
      Optional<String> plan,
      String tasks,
      String phases,
      String notReleased,
      String actions) {}

  /** Everything about a build except manifest, events and log. */
  public Optional<BuildDetails> details(long id) {
    return database.transaction(
        connection -> {
          Optional<BuildSummary> summary = summary(connection, id);
          if (summary.isEmpty()) {
            return Optional.empty();
          }
          Optional<Document> found =
              Statements.first(
                  connection,
                  "select problems, plan, tasks, phases, not_released, actions from build_document"
                      + " where build_id = ?",
                  row ->
                      new Document(
                          row.getString(1),
                          Optional.ofNullable(row.getString(2)),
                          row.getString(3),
                          row.getString(4),
                          row.getString(5),
                          row.getString(6)),
                  id);
          if (found.isEmpty()) {
            return Optional.empty(); // It was removed in this moment.
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
                  List.of(Json.read(document.notReleased(), String[].class)),
                  Actions.read(document.actions())));
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
            Statements.first(
                connection,
                "select manifest from build_document where build_id = ?",
                row -> row.getString(1),
                id));
  }

  /** How many builds are in each state. */
  public Map<BuildState, Long> counts() {
    Map<BuildState, Long> counts = new EnumMap<>(BuildState.class);
    for (BuildState state : BuildState.values()) {
      counts.put(state, 0L);
    }
    database.change(
        connection ->
            Statements.all(
                connection,
                "select state, count(*) from build group by state",
                row -> counts.put(BuildState.valueOf(row.getString(1)), row.getLong(2))));
    return counts;
  }

  /**
   * How far a build has been stored, in order to notice changes.
   *
   * @param state its state
   * @param attempt which run
   * @param lastEvent the number of its last event
   * @param logLength where its log ends
   */
  public record Position(BuildState state, int attempt, long lastEvent, long logLength) {}

  /** How far builds have been stored. */
  public Map<Long, Position> positions(Collection<Long> ids) {
    Map<Long, Position> positions = new TreeMap<>();
    database.change(
        connection -> {
          for (long id : ids) {
            Statements.first(
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
   * An ended build, for retention.
   *
   * @param id number of the build
   * @param instance of the appliance that ran it; empty if none did
   * @param finished when it ended
   * @param bytes disk space of its artefacts
   */
  public record Old(long id, String instance, Instant finished, long bytes) {}

  /** All ended builds of appliances, and those that no appliance ran; newest first. */
  public List<Old> ended(List<String> instances) {
    return database.transaction(
        connection ->
            Statements.all(
                connection,
                "select id, instance, finished, artefact_bytes from build where finished is not"
                    + " null and instance in (''"
                    + ", ?".repeat(instances.size())
                    + ") and state in "
                    + ENDED
                    + " order by id desc",
                row ->
                    new Old(
                        row.getLong(1),
                        row.getString(2),
                        Instant.ofEpochMilli(row.getLong(3)),
                        row.getLong(4)),
                instances.toArray()));
  }

  /** The times at which retention ran, in their order. */
  public List<Instant> marks() {
    return database.transaction(
        connection ->
            Statements.all(
                connection,
                "select time from retention_mark order by time",
                row -> Instant.ofEpochMilli(row.getLong(1))));
  }

  /** Records that retention runs now. */
  public void mark(Instant now) {
    database.change(
        connection -> {
          Statements.update(
              connection,
              "delete from retention_mark where time in (select time from retention_mark order by"
                  + " time desc offset ?)",
              MAX_MARKS - 1);
          Statements.update(
              connection,
              "insert into retention_mark (time) values (?) on conflict do nothing",
              now.toEpochMilli());
        });
  }

  /** Removes a build from the history. */
  public void forget(long id) {
    database.change(
        connection -> Statements.update(connection, "delete from build where id = ?", id));
  }

  /** The artefacts of a build. */
  public List<Artefact> artefacts(long id) {
    return database.transaction(connection -> artefacts(connection, id));
  }

  private static List<Artefact> artefacts(Connection connection, long id) throws SQLException {
    return Statements.all(
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
}
