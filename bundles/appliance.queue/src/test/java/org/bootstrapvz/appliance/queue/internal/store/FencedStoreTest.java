/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.builds.Submission;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stores over one database, as two appliances have them. */
class FencedStoreTest {
  @TempDir Path folder;
  private Database database;
  private Stores one;
  private Stores two;
  private long build;

  private record State(Path path) implements StateDirectory {
    @Override
    public Path scratch() {
      return path.resolve("scratch");
    }

    @Override
    public String instance() {
      return "one";
    }
  }

  @BeforeEach
  void open() throws Exception {
    Files.createDirectories(folder.resolve("scratch"));
    database = new Database(settings(), new State(folder), Clock.systemUTC(), reason -> {});
    one = Stores.in(database);
    two = Stores.in(database);
    build =
        one.queue()
            .add(
                new NewBuild(
                    new Submission("test.yml", "x", 0, "tester"),
                    "kvm",
                    List.of(),
                    Set.of(),
                    List.of(),
                    Optional.empty(),
                    false,
                    OptionalLong.empty()))
            .id();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static DatabaseSettings settings() {
    return (DatabaseSettings)
        Proxy.newProxyInstance(
            DatabaseSettings.class.getClassLoader(),
            new Class<?>[] {DatabaseSettings.class},
            (proxy, method, arguments) -> method.getDefaultValue());
  }

  private void picked(String instance) {
    database.change(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(
                "update scheduled_tasks set picked = true, picked_by = '" + instance + "'");
          }
        });
  }

  private Batch batch(long fence, String log, Optional<Batch.End> end) {
    return new Batch(
        build, fence, List.of(), 0, log, 0.5, "Work", List.of(), Optional.empty(), List.of(), end);
  }

  private static Optional<Batch.End> succeeded() {
    return Optional.of(new Batch.End(BuildState.SUCCEEDED, "", "[]", "{}", "[]"));
  }

  private BuildSummary stored() {
    return one.history().summary(build).orElseThrow();
  }

  @Test
  void whatARunThatLostItsBuildStoresIsRefused() {
    picked("one");
    long first = one.queue().begin(build, "one", "one").orElseThrow().fence();
    assertTrue(one.records().write(batch(first, "one\n", Optional.empty()), "one"));
    assertTrue(two.queue().requeue(build, first));
    assertFalse(one.records().write(batch(first, "lost\n", Optional.empty()), "one"));
    picked("two");
    long second = two.queue().begin(build, "two", "two").orElseThrow().fence();
    assertTrue(second > first);
    assertTrue(two.records().write(batch(second, "two\n", Optional.empty()), "two"));

    assertFalse(one.records().write(batch(first, "lost\n", Optional.empty()), "one"));
    assertFalse(one.records().write(batch(first, "lost\n", succeeded()), "one"));
    assertFalse(one.queue().renew(build, first, "one"));
    assertFalse(one.queue().requeue(build, first));
    assertFalse(one.queue().interrupt(build, first, "lost"));

    assertTrue(two.queue().renew(build, second, "two"));
    assertEquals(BuildState.RUNNING, stored().state());
    assertEquals("two", stored().appliance());
    assertEquals("two\n", one.events().log(build, 0, 100).text());
  }

  @Test
  void whatARunOfTheSameApplianceThatLostItsBuildStoresIsRefused() {
    picked("one");
    long first = one.queue().begin(build, "one", "one").orElseThrow().fence();
    assertTrue(one.queue().requeue(build, first));
    long second = one.queue().begin(build, "one", "one").orElseThrow().fence();

    assertFalse(one.records().write(batch(first, "lost\n", succeeded()), "one"));
    assertTrue(one.records().write(batch(second, "one\n", succeeded()), "one"));
  }

  @Test
  void anInterruptedBuildIsNotContinuedByItsRun() {
    picked("one");
    long fence = one.queue().begin(build, "one", "one").orElseThrow().fence();
    assertTrue(two.queue().interrupt(build, fence, "The appliance one died"));

    assertFalse(one.records().write(batch(fence, "lost\n", succeeded()), "one"));
    assertEquals(BuildState.INTERRUPTED, stored().state());
  }

  @Test
  void anEndWhoseReplyWasLostIsStoredAgainAndNotRefused() {
    picked("one");
    long fence = one.queue().begin(build, "one", "one").orElseThrow().fence();
    assertTrue(one.records().write(batch(fence, "one\n", succeeded()), "one"));

    assertTrue(one.records().write(batch(fence, "one\n", succeeded()), "one"));
    assertEquals(BuildState.SUCCEEDED, stored().state());
  }

  @Test
  void aBuildThatAnotherAppliancePickedInTheMeantimeIsNotTaken() {
    picked("two");

    assertTrue(one.queue().begin(build, "one", "one").isEmpty());
    assertEquals(BuildState.QUEUED, stored().state());
  }
}
