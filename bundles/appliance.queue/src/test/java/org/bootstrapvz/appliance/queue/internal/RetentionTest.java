/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.felix.hc.api.Result;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.history.BuildQuery;
import org.bootstrapvz.appliance.queue.internal.store.Database;
import org.bootstrapvz.appliance.queue.internal.store.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  @TempDir Path folder;
  private final List<Path> deleted = new ArrayList<>();
  private final ClockCheck check = new ClockCheck();
  private final AtomicLong nanoTime = new AtomicLong();
  private Instant now = START;
  private Database database;
  private Stores stores;

  @BeforeEach
  void open() throws Exception {
    database =
        new Database(
            new TestSettings().database(),
            TestStateDirectory.create(folder),
            Clock.systemUTC(),
            reason -> {});
    stores = Stores.in(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Retention retention(TestSettings settings) throws Exception {
    BuildSite site =
        new BuildSite("me", "me", Files.createDirectories(folder.resolve("b")), folder);
    return new Retention(
        settings.queue(),
        () -> now,
        nanoTime::get,
        stores,
        site,
        new BuildDirectories(
            site, (spec, context) -> deleted.add(Path.of(spec.parameters().get("path")))),
        check);
  }

  private static TestSettings keepFor(String time) {
    return new TestSettings().with("keepFor", time);
  }

  /** A build of an appliance that ended now. */
  private long build(String instance) {
    return database.transaction(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(
                "insert into build (name, submitter, priority, state, provider, plugins, submitted,"
                    + " finished, appliance, instance, artefact_bytes) values ('x', 'x', 0,"
                    + " 'SUCCEEDED', 'kvm', '', 1, "
                    + now.toEpochMilli()
                    + ", '"
                    + instance
                    + "', '"
                    + instance
                    + "', 1000000)",
                new String[] {"id"});
            try (ResultSet keys = statement.getGeneratedKeys()) {
              keys.next();
              return keys.getLong(1);
            }
          }
        });
  }

  private List<Long> history() {
    return stores
        .history()
        .page(new BuildQuery(Set.of(), OptionalLong.empty(), 500))
        .builds()
        .stream()
        .map(BuildSummary::id)
        .sorted()
        .toList();
  }

  private void wait(Duration time) {
    now = now.plus(time);
    nanoTime.addAndGet(time.toNanos());
  }

  /** As the appliance does while it runs, if less often. */
  private void run(Retention retention, Duration time) {
    for (Instant end = now.plus(time); now.isBefore(end); ) {
      wait(Duration.ofHours(12));
      retention.apply();
    }
  }

  @Test
  void buildsThatAreTooOldAreRemovedAlsoFromAnApplianceThatBuildsNothing() throws Exception {
    Retention retention = retention(keepFor("30d"));
    long old = build("me");

    run(retention, Duration.ofDays(30));
    assertEquals(List.of(old), history());
    run(retention, Duration.ofDays(1));

    assertEquals(List.of(), history());
    assertEquals(List.of(folder.resolve("b").resolve(Long.toString(old))), deleted);
    assertEquals(Result.Status.OK, check.execute().getStatus());
  }

  @Test
  void aClockThatIsAheadForSomeTimeRemovesNothingAndIsReported() throws Exception {
    Retention retention = retention(keepFor("365d"));
    List<Long> builds = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      builds.add(build("me"));
      run(retention, Duration.ofDays(5));
    }

    now = now.plus(Duration.ofDays(400));
    retention(keepFor("365d")).apply();
    assertEquals(builds, history());
    Result warned = check.execute();
    assertEquals(Result.Status.WARN, warned.getStatus());
    assertTrue(
        warned
            .toString()
            .contains(
                "Nothing is recorded from 2030-04-11T00:00:00Z to 2031-05-16T00:00:00Z: the"
                    + " appliance was off, or its clock has jumped. Retention counts only 36 days"
                    + " of this time. Check the clock"),
        warned.toString());
    builds.add(build("me"));
    run(retention, Duration.ofDays(2));
    assertEquals(builds, history());
    assertEquals(Result.Status.OK, check.execute().getStatus());

    now = now.minus(Duration.ofDays(402));
    retention.apply();
    assertEquals(builds, history());
    assertTrue(
        check.execute().toString().contains("The newest record is of 2031-05-1"),
        check.execute().toString());
  }

  @Test
  void aClockThatIsBehindRemovesNothing() throws Exception {
    Retention retention = retention(keepFor("365d"));
    long build = build("me");
    retention.apply();

    now = now.minus(Duration.ofDays(20_000));
    retention.apply();
    long another = build("me");
    run(retention, Duration.ofDays(3));

    assertEquals(List.of(build, another), history());
  }

  @Test
  void theHistoryOfAnApplianceThatNoLongerExistsIsForgotten() throws Exception {
    Retention retention = retention(new TestSettings().with("keepBuilds", 2).with("keepFor", "0d"));
    long first = build("gone");
    long second = build("gone");
    stores.appliances().seen("gone", "gone", List.of("provider:kvm"));
    setSeen("gone");
    run(retention, Duration.ofDays(29));
    long mine = build("me");
    assertEquals(List.of(first, second, mine), history());

    run(retention, Duration.ofDays(2));

    assertEquals(List.of(second, mine), history());
  }

  @Test
  void theHistoryOfALivingApplianceIsNotForgottenEvenIfTheClockJumps() throws Exception {
    Retention retention =
        retention(new TestSettings().with("keepBuilds", 1).with("keepFor", "10d"));
    List<Long> builds = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      builds.add(build("other"));
    }
    stores.appliances().seen("other", "other", List.of("provider:kvm"));
    setSeen("other");
    for (int day = 0; day < 40; day++) {
      run(retention, Duration.ofDays(1));
      setSeen("other");
    }
    now = now.plus(Duration.ofDays(500));
    retention.apply();
    // It is alive, and its next heartbeat is of the new time.
    setSeen("other");
    wait(Duration.ofMinutes(5));
    retention.apply();
    // It is switched off for a week.
    run(retention, Duration.ofDays(7));

    assertEquals(builds, history());
  }

  @Test
  void anApplianceOfWhichNothingIsKnownIsNotGoneAtOnce() throws Exception {
    Retention retention = retention(new TestSettings().with("keepBuilds", 1));
    List<Long> builds = List.of(build("stopped"), build("stopped"));

    retention.apply();
    wait(Duration.ofHours(1));
    retention.apply();

    assertEquals(builds, history());
  }

  private void setSeen(String instance) {
    database.change(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(
                "update appliance set seen = "
                    + now.toEpochMilli()
                    + " where instance = '"
                    + instance
                    + "'");
          }
        });
  }
}
