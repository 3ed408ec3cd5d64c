/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.bootstrapvz.appliance.internal.Builds.Following;
import org.bootstrapvz.appliance.internal.Builds.LogText;
import org.bootstrapvz.appliance.internal.Builds.Query;
import org.bootstrapvz.appliance.internal.Builds.State;
import org.bootstrapvz.appliance.internal.Builds.Submission;
import org.bootstrapvz.appliance.internal.store.BuildStore;
import org.bootstrapvz.appliance.internal.store.NewBuild;
import org.bootstrapvz.appliance.internal.store.PlanDocument;

/** Prints how fast the queue is, with its embedded database. */
public final class ApplianceBenchmark {
  private static final int HISTORY = 10_000;
  private static final int SUBMISSIONS = 500;
  private static final int LINES = 30_000;
  private static final int FOLLOWERS = 200;

  private static final AtomicLong PAGES = new AtomicLong();

  private ApplianceBenchmark() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("bvz-bench");
    try (Gate gate = new Gate();
        TestAppliance appliance =
            new TestAppliance(folder, new ScriptedBuilder("provider:kvm"), new TestSettings())) {
      appliance.submit("log: 1\n");
      history(appliance);
      submissions(appliance, gate);
      followers(appliance, gate);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void history(TestAppliance appliance) throws Exception {
    BuildStore store = new BuildStore(appliance.database());
    String plan = PlanDocument.of(ScriptedBuilder.plan()).json();
    for (int i = 0; i < HISTORY; i++) {
      store.add(
          new NewBuild(
              new Submission("build " + i, "name: x\n".repeat(100), 0, "tester"),
              "kvm",
              List.of("vagrant"),
              Set.of(),
              List.of(),
              Optional.of(plan),
              true,
              OptionalLong.empty()));
    }
    for (int limit : new int[] {50, HISTORY}) {
      print(
          "history of " + HISTORY + " builds, a page of " + limit,
          time(100, () -> appliance.queue().list(page(Set.of(), limit))));
    }
    print(
        "the same, only those in one state, a page of 50",
        time(100, () -> appliance.queue().list(page(Set.of(State.REJECTED), 50))));
    print("number of builds by state", time(100, () -> appliance.queue().counts()));
    print("one build", time(100, () -> appliance.queue().find(HISTORY - PAGES.incrementAndGet())));
  }

  /** Never the same one twice, which the database would answer from memory. */
  private static Query page(Set<State> states, int limit) {
    return new Query(states, OptionalLong.of(HISTORY + PAGES.incrementAndGet()), limit);
  }

  private static double[] time(int times, Callable<?> work) throws Exception {
    double[] millis = new double[times];
    for (int i = -times / 5; i < times; i++) {
      long start = System.nanoTime();
      work.call();
      millis[Math.max(0, i)] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return millis;
  }

  private static void print(String what, double[] millis) {
    System.out.printf(
        "%-60s median %7.2f ms, worst %7.2f ms%n",
        what, millis[millis.length / 2], millis[millis.length - 1]);
  }

  private static void submissions(TestAppliance appliance, Gate gate) throws Exception {
    // Keeps the worker busy, so that only submitting is measured.
    appliance.submit(gate.line());
    Gate.Arrival arrival = gate.next();
    ExecutorService people = Executors.newFixedThreadPool(20);
    List<Callable<Object>> submissions = new ArrayList<>();
    for (int i = 0; i < SUBMISSIONS; i++) {
      submissions.add(() -> appliance.submit("log: 1\n"));
    }
    long start = System.nanoTime();
    people.invokeAll(submissions);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%-60s %.2f s, %.0f a second%n",
        SUBMISSIONS + " submissions by 20 at once, each on disk", seconds, SUBMISSIONS / seconds);
    people.shutdown();
    appliance
        .queue()
        .list(new Query(Set.of(State.QUEUED), OptionalLong.empty(), SUBMISSIONS))
        .builds()
        .forEach(build -> appliance.queue().cancel(build.id()));
    arrival.letThrough();
  }

  private static void followers(TestAppliance appliance, Gate gate) throws Exception {
    log(appliance, gate, 0);
    double[] alone = new double[5];
    double[] followed = new double[5];
    for (int i = 0; i < alone.length; i++) {
      alone[i] = log(appliance, gate, 0);
      followed[i] = log(appliance, gate, FOLLOWERS);
    }
    Arrays.sort(alone);
    Arrays.sort(followed);
    System.out.printf(
        "%-60s alone %.2f s, with %d followers %.2f s, ratio %.2f%n",
        "a build that prints " + LINES + " lines",
        alone[2],
        FOLLOWERS,
        followed[2],
        followed[2] / alone[2]);
  }

  /** How long a build takes that prints a long log, all of which its followers read. */
  private static double log(TestAppliance appliance, Gate gate, int followers) throws Exception {
    long id = appliance.submit("afterwards: " + LINES + "\neffort: 100000\n" + gate.line()).id();
    Gate.Arrival arrival = gate.next();
    long length = LINES * (long) "afterwards ".length();
    AtomicLong unread = new AtomicLong(followers);
    ExecutorService readers = Executors.newCachedThreadPool();
    for (int i = 0; i < followers; i++) {
      readers.execute(() -> read(appliance, id, length, unread));
    }
    long start = System.nanoTime();
    arrival.letThrough();
    appliance.await(id, State.SUCCEEDED);
    double seconds = (System.nanoTime() - start) / 1e9;
    readers.shutdown();
    if (!readers.awaitTermination(1, TimeUnit.MINUTES) || unread.get() > 0) {
      throw new IOException(unread + " followers did not get all of the log");
    }
    return seconds;
  }

  private static void read(TestAppliance appliance, long id, long length, AtomicLong unread) {
    Semaphore news = new Semaphore(0);
    Following following = appliance.queue().follow(id, news::release);
    long offset = 0;
    boolean ended = false;
    while (!ended || offset < length) {
      try {
        news.tryAcquire(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        return;
      }
      news.drainPermits();
      ended =
          appliance.queue().events(id, 0, 1000).stream().anyMatch(e -> e.type().equals("finished"));
      LogText part = appliance.queue().log(id, offset, 64 << 10);
      while (!part.text().isEmpty()) {
        offset = part.next();
        part = appliance.queue().log(id, offset, 64 << 10);
      }
    }
    following.close();
    unread.decrementAndGet();
  }
}
