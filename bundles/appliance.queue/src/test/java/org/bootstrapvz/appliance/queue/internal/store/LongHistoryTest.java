/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.history.BuildQuery;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history of 100,000 builds. How long a list takes is printed. */
class LongHistoryTest {
  private static final int BUILDS = 100_000;
  private static final int PAGE = 50;
  private static final int TIMES = 20;

  @TempDir static Path folder;
  private static Database database;
  private static HistoryStore history;

  private record State(Path path) implements StateDirectory {
    @Override
    public Path scratch() {
      return path;
    }

    @Override
    public String instance() {
      return "one";
    }
  }

  @BeforeAll
  static void fill() throws Exception {
    DatabaseSettings settings =
        (DatabaseSettings)
            Proxy.newProxyInstance(
                DatabaseSettings.class.getClassLoader(),
                new Class<?>[] {DatabaseSettings.class},
                (proxy, method, arguments) -> method.getDefaultValue());
    database =
        new Database(
            settings,
            new State(Files.createDirectories(folder.resolve("state"))),
            Clock.systemUTC(),
            reason -> {});
    history = new HistoryStore(database);
    database.change(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(
                "insert into build (name, submitter, priority, state, provider, plugins, submitted,"
                    + " finished, appliance, instance) select 'web.yml', 'tester', 0, case when"
                    + " mod(x, 1000) = 0 then 'FAILED' else 'SUCCEEDED' end, 'kvm', 'admin_user',"
                    + " x, x, 'one', case when mod(x, 2) = 0 then 'one' else 'two' end from"
                    + " system_range(1, "
                    + BUILDS
                    + ") numbers (x)");
          }
        });
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static BuildQuery query(Set<BuildState> states, OptionalLong before) {
    return new BuildQuery(states, before, PAGE);
  }

  private static List<BuildQuery> queries() {
    OptionalLong before = OptionalLong.of(BUILDS / 2);
    return List.of(
        query(Set.of(), OptionalLong.empty()),
        query(Set.of(), before),
        query(Set.of(BuildState.SUCCEEDED), OptionalLong.empty()),
        query(Set.of(BuildState.FAILED), before),
        query(Set.of(BuildState.QUEUED, BuildState.RUNNING), OptionalLong.empty()),
        query(Set.of(BuildState.values()), before));
  }

  @Test
  void aListReadsHardlyMoreThanItsPage() {
    for (BuildQuery query : queries()) {
      List<Object> values = new ArrayList<>();
      String sql = HistoryStore.pageStatement(query, values);
      String plan =
          database.transaction(
              connection -> {
                try (PreparedStatement statement =
                    connection.prepareStatement("explain analyze " + sql)) {
                  for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                  }
                  try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getString(1);
                  }
                }
              });
      int states = Math.max(1, query.states().size());
      Matcher scans = Pattern.compile("scanCount: (\\d+)").matcher(plan);
      while (scans.find()) {
        assertFalse(Integer.parseInt(scans.group(1)) > 2 * (PAGE + 2) * states, plan);
      }

      long[] nanos = new long[TIMES];
      for (int i = 0; i < TIMES; i++) {
        long start = System.nanoTime();
        history.page(query);
        nanos[i] = System.nanoTime() - start;
      }
      Arrays.sort(nanos);
      System.out.printf(
          "list of %d of %d builds, states %s, before %s: median %.1f ms, worst %.1f ms%n",
          PAGE,
          BUILDS,
          query.states(),
          query.before(),
          nanos[TIMES / 2] / 1e6,
          nanos[TIMES - 1] / 1e6);
    }
  }

  @Test
  void pagesAreComplete() {
    assertEquals(
        PAGE, history.page(query(Set.of(BuildState.FAILED), OptionalLong.empty())).builds().size());
    assertEquals(BUILDS, history.page(query(Set.of(), OptionalLong.empty())).builds().get(0).id());
    assertEquals(BUILDS / 2, history.ended(List.of("one")).size());
  }
}
