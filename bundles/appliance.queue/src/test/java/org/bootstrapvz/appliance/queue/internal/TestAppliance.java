/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.builds.Submission;
import org.bootstrapvz.appliance.api.events.Subscription;
import org.bootstrapvz.appliance.api.history.BuildDetails;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.bootstrapvz.appliance.queue.internal.store.Database;
import org.bootstrapvz.testkit.StallDetector;

/** A queue with a worker, over a database in a folder or on a server. */
final class TestAppliance implements AutoCloseable {
  private final StateDirectory state;
  private final Database database;
  private final BuildQueue queue;
  private final StateListeners listeners = new StateListeners();
  private final ClockCheck clockCheck = new ClockCheck();
  private final List<String> refusals = new CopyOnWriteArrayList<>();

  TestAppliance(Path folder, ScriptedBuilder builder, TestSettings settings) throws IOException {
    this(folder, builder, settings, Clock.systemUTC());
  }

  /**
   * @param clock of the machine
   */
  TestAppliance(Path folder, ScriptedBuilder builder, TestSettings settings, Clock clock)
      throws IOException {
    state = TestStateDirectory.create(folder);
    database = new Database(settings.database(), state, clock, refusals::add);
    queue =
        new BuildQueue(
            settings.queue(),
            state,
            database,
            builder,
            builder,
            () -> 8L << 30,
            (spec, context) -> delete(Path.of(spec.parameters().get("path"))),
            listeners,
            clockCheck);
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

  /** Why this appliance cannot run; empty if it can. */
  List<String> refusals() {
    return refusals;
  }

  StateListeners listeners() {
    return listeners;
  }

  BuildQueue queue() {
    return queue;
  }

  Database database() {
    return database;
  }

  BuildSummary submit(String manifest) {
    return submit(manifest, 0);
  }

  BuildSummary submit(String manifest, int priority) {
    return queue.submit(new Submission("test.yml", manifest, priority, "tester"));
  }

  /** Waits until a build is in a state. */
  BuildDetails await(long id, BuildState state) throws InterruptedException {
    return await(id, details -> details.summary().state() == state);
  }

  /** Waits until something is true of a build, looking whenever there are news of it. */
  BuildDetails await(long id, Predicate<BuildDetails> condition) throws InterruptedException {
    Semaphore news = new Semaphore(0);
    Subscription following = queue.subscribe(id, news::release);
    try {
      while (true) {
        StallDetector.ofThisProcess()
            .await(
                () -> "nothing happened to " + queue.find(id),
                time -> news.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS));
        news.drainPermits();
        Optional<BuildDetails> details = queue.find(id);
        if (details.isPresent() && condition.test(details.get())) {
          return details.get();
        }
      }
    } finally {
      following.close();
    }
  }

  /** Waits until something is true for which there is no event. */
  static void await(BooleanSupplier condition) {
    try {
      StallDetector.ofThisProcess().until(() -> "the condition", condition::getAsBoolean);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    queue.close();
    database.close();
  }
}
