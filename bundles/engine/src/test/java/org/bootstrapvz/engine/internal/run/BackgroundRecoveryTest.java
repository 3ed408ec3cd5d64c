/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.testkit.StallDetector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resources of dead builds neither delay nor fail another build. */
class BackgroundRecoveryTest {
  private static final Duration SOON = Duration.ofMillis(20);

  /** Longer than any test. */
  private static final Duration LATE = Duration.ofDays(1);

  @TempDir Path folder;
  Bench bench;

  /** Released when the test ends. */
  final CountDownLatch end = new CountDownLatch(1);

  final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

  @BeforeEach
  void setUpBench() {
    bench = new Bench(folder);
  }

  @AfterEach
  void endHangingReleases() {
    end.countDown();
  }

  private void leaveBehind(String... types) throws IOException {
    StringBuilder journal = new StringBuilder();
    for (int i = 0; i < types.length; i++) {
      journal.append(
          "acquire\t" + (i + 1) + "\tn" + i + "\t" + types[i] + "\t" + types[i] + " " + i + "\n");
    }
    bench.writeJournal("1a2b3c4d", journal.toString());
  }

  private String nextMessage() throws InterruptedException {
    return next(messages);
  }

  private static String next(BlockingQueue<String> queue) throws InterruptedException {
    return StallDetector.ofThisProcess()
        .first(() -> "There is no message", () -> Optional.ofNullable(queue.poll()));
  }

  private static BuildResult build(BuilderService builder, Bench bench) {
    return builder.build(
        BuildRequest.of(bench.folder.resolve("image.yml")), event -> bench.events.add(event));
  }

  @Test
  void aBuildDoesNotWaitForAResourceThatNeedsANetwork() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    bench.addNetworkType(
        "cloud",
        (spec, context) -> {
          asked.countDown();
          awaitEnd();
        });
    leaveBehind("cloud");
    bench.plan.task(
        "step",
        build -> {
          await(asked);
          bench.done.add("step");
        });

    assertEquals(BuildResult.Status.SUCCEEDED, bench.build().status());

    assertTrue(bench.done.contains("step"));
    assertEquals(List.of("1a2b3c4d.journal"), bench.journals());
  }

  @Test
  void aCloudThatDoesNotAnswerIsReportedOnceKeptAndRetried() throws Exception {
    AtomicBoolean answers = new AtomicBoolean();
    AtomicInteger started = new AtomicInteger();
    AtomicInteger interrupted = new AtomicInteger();
    bench.addNetworkType(
        "cloud",
        (spec, context) -> {
          if (answers.get()) {
            return;
          }
          // On a slow machine the time is over before an attempt starts.
          started.incrementAndGet();
          try {
            awaitEnd();
          } finally {
            interrupted.incrementAndGet();
          }
        });
    leaveBehind("cloud", "cloud");
    BuilderService builder = bench.builder(LATE, SOON);

    builder.recover(messages::add, line -> {});

    assertEquals(
        "Build 1a2b3c4d left resources behind that could not be released and are retried"
            + " with the next build at the latest: cloud 1: no answer within 0 s, cloud 0: not tried, because another cloud"
            + " could not be released in time",
        nextMessage());
    StallDetector.ofThisProcess()
        .until(() -> "The attempt goes on", () -> interrupted.get() == started.get());

    // The second attempt fails in the same way, which is only logged.
    builder = bench.builder(LATE, SOON);
    BlockingQueue<String> log = new LinkedBlockingQueue<>();
    awaitNoClaim();
    builder.recover(messages::add, log::add);
    assertEquals("cloud 1 still not released: no answer within 0 s", next(log));
    assertEquals(null, messages.peek());

    // The third attempt succeeds.
    awaitNoClaim();
    answers.set(true);
    bench.builder(LATE, LATE).recover(messages::add, line -> {});
    assertEquals("Build 1a2b3c4d left resources behind; released cloud 1, cloud 0", nextMessage());
  }

  /** A pass writes to the journal after it has reported. */
  private void awaitNoClaim() throws Exception {
    Journals journals = new Journals(bench.state);
    Path journal = bench.state.resolve("journal").resolve("1a2b3c4d.journal");
    StallDetector.ofThisProcess()
        .first(() -> "The journal is still in use", () -> claim(journals, journal))
        .close();
  }

  private static Optional<Journal> claim(Journals journals, Path file) {
    try {
      return journals.claim(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aLocalReleaseThatHangsDoesNotBlockAnotherBuildForEver() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    bench.addType(
        "stuck",
        (spec, context) -> {
          started.countDown();
          awaitEnd();
        });
    leaveBehind("stuck");
    bench.plan.task("step", build -> bench.done.add("step"));
    BuilderService builder = bench.builder(SOON, LATE);

    assertEquals(BuildResult.Status.SUCCEEDED, build(builder, bench).status());
    assertTrue(bench.done.contains("step"));
    String warning = bench.events(BuildEvent.Warning.class).get(0).message();
    // On a slow machine the release may not have started after this short time.
    assertTrue(
        warning.matches(
            "Releasing the resources of an interrupted build takes longer than 0 s( \\(stuck 0\\))?;"
                + " it continues in the background"),
        warning);

    await(started);
    // The journal is in use, so the next build does not wait at all.
    bench.events.clear();
    assertEquals(BuildResult.Status.SUCCEEDED, build(builder, bench).status());
    assertEquals(List.of(), bench.events(BuildEvent.Warning.class));
  }

  @Test
  void aBuildThatWaitsForAHangingReleaseCanBeCancelled() throws Exception {
    Thread building = Thread.currentThread();
    bench.addType(
        "stuck",
        (spec, context) -> {
          building.interrupt();
          awaitEnd();
        });
    leaveBehind("stuck");
    bench.plan.task("step", build -> bench.done.add("step"));

    BuildResult result = build(bench.builder(LATE, LATE), bench);

    assertEquals(BuildResult.Status.CANCELLED, result.status());
    assertFalse(bench.done.contains("step"));
  }

  @Test
  void aSecretOfAReleaseIsMaskedInTheReportsOfRecovery() throws Exception {
    bench.addNetworkType(
        "cloud",
        (spec, context) -> {
          context.mask(Secret.of("token-0815"));
          throw new BuildException("refused token-0815 for " + context.nonce());
        });
    leaveBehind("cloud");

    bench.builder.recover(messages::add, line -> {});

    assertEquals(
        "Build 1a2b3c4d left resources behind that could not be released and are retried"
            + " with the next build at the latest: cloud 0: refused ****** for n0",
        nextMessage());
  }

  @Test
  void withoutAnyBuildACloudIsRetriedAfterIncreasingPausesAndReportedOnce() throws Exception {
    AtomicBoolean answers = new AtomicBoolean();
    bench.addNetworkType(
        "cloud",
        (spec, context) -> {
          if (!answers.get()) {
            throw new BuildException("no route");
          }
        });
    leaveBehind("cloud");

    bench.builder.recover(messages::add, line -> {});
    List<Long> minutes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      minutes.add(bench.timer.advance().toMinutes());
    }

    assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L), minutes);
    assertEquals(
        "Build 1a2b3c4d left resources behind that could not be released and are retried with the"
            + " next build at the latest: cloud 0: no route",
        nextMessage());
    assertEquals(null, messages.peek());

    answers.set(true);
    bench.timer.advance();
    assertEquals("Build 1a2b3c4d left resources behind; released cloud 0", nextMessage());
    StallDetector.ofThisProcess()
        .until(() -> "The journal is still there", () -> bench.journals().isEmpty());
    assertTrue(bench.timer.isIdle());
  }

  @Test
  void afterABuildTheFirstPauseIsShortAgain() throws Exception {
    bench.addNetworkType(
        "cloud",
        (spec, context) -> {
          throw new BuildException("no route");
        });
    leaveBehind("cloud");
    bench.builder.recover(messages::add, line -> {});
    bench.timer.advance();
    bench.timer.advance();
    StallDetector.ofThisProcess().until(() -> "No retry", () -> !bench.timer.isIdle());

    assertEquals(BuildResult.Status.SUCCEEDED, bench.build().status());

    assertEquals(1, bench.timer.advance().toMinutes());
    assertEquals(2, bench.timer.advance().toMinutes());
  }

  @Test
  void aBuildOfACommandIsNotFollowedByRetries() throws Exception {
    assertEquals(BuildResult.Status.SUCCEEDED, bench.build().status());

    assertTrue(bench.timer.isIdle());
  }

  /** Hangs until the test ends. */
  private void awaitEnd() throws BuildException {
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new BuildException("interrupted", e);
    }
  }

  private static void await(CountDownLatch latch) throws BuildException {
    try {
      StallDetector.ofThisProcess()
          .await(
              () -> "Nothing happens", time -> latch.await(time.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      throw new BuildException("interrupted", e);
    }
  }
}
