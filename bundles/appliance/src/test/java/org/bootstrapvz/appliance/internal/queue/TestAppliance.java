/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.queue;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bootstrapvz.appliance.internal.Builds;
import org.bootstrapvz.appliance.internal.Builds.State;
import org.bootstrapvz.appliance.internal.Builds.Submission;
import org.bootstrapvz.appliance.internal.Builds.Summary;
import org.bootstrapvz.appliance.internal.StateFolder;
import org.bootstrapvz.appliance.internal.store.Database;

/** A queue with a worker, over a database in a folder or on a server. */
final class TestAppliance implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final StateFolder state;
  private final Database database;
  private final BuildQueue queue;

  TestAppliance(Path folder, ScriptedBuilder builder, TestSettings settings) throws IOException {
    state = new StateFolder(folder);
    database = new Database(settings.database(), state);
    queue =
        new BuildQueue(
            settings.queue(),
            state,
            database,
            builder,
            builder,
            () -> 8L << 30,
            (spec, context) -> delete(Path.of(spec.parameters().get("path"))));
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  BuildQueue queue() {
    return queue;
  }

  Database database() {
    return database;
  }

  Summary submit(String manifest) {
    return submit(manifest, 0);
  }

  Summary submit(String manifest, int priority) {
    return queue.submit(new Submission("test.yml", manifest, priority, "tester"));
  }

  /** Waits until a build is in a state. */
  Builds.Details await(long id, State state) throws InterruptedException {
    return await(id, details -> details.summary().state() == state);
  }

  /** Waits until something is true of a build, looking whenever there are news of it. */
  Builds.Details await(long id, Predicate<Builds.Details> condition) throws InterruptedException {
    Semaphore news = new Semaphore(0);
    Builds.Following following = queue.follow(id, news::release);
    try {
      while (true) {
        assertTrue(
            news.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS),
            () -> "nothing happened to " + queue.find(id));
        news.drainPermits();
        Optional<Builds.Details> details = queue.find(id);
        if (details.isPresent() && condition.test(details.get())) {
          return details.get();
        }
      }
    } finally {
      following.close();
    }
  }

  /** Waits until something is true that nobody tells about. */
  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "it did not come true");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  @Override
  public void close() {
    try {
      queue.close();
      database.close();
      state.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
