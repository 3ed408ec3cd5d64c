/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.appliance.api.operations.Health.CheckResult;
import org.bootstrapvz.appliance.api.operations.Health.Status;
import org.bootstrapvz.appliance.operations.internal.health.HealthChecks.Check;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthChecksTest {
  @TempDir Path directory;

  private final List<Check> registered = new ArrayList<>();
  private final AtomicInteger acquired = new AtomicInteger();
  private final AtomicInteger released = new AtomicInteger();
  private final CountDownLatch hang = new CountDownLatch(1);
  private HealthChecks health =
      new HealthChecks(() -> List.copyOf(registered), HealthChecks.CHECK_TIMEOUT);

  @AfterEach
  void close() {
    hang.countDown();
    health.close();
  }

  private void register(String name, HealthCheck check) {
    registered.add(
        new Check(
            registered.size(),
            name,
            () -> {
              acquired.incrementAndGet();
              return check;
            },
            service -> {
              assertEquals(check, service);
              released.incrementAndGet();
            }));
  }

  private CheckResult of(HealthCheck check) {
    registered.clear();
    register("check" + acquired, check);
    return health.checks().values().iterator().next();
  }

  private CheckResult of(Result.Status status) {
    return of(() -> new Result(status, "why"));
  }

  private static HealthCheck ok() {
    return () -> new Result(Result.Status.OK, "");
  }

  @Test
  void everyStatusOfAFelixHealthCheckIsOneOfThree() {
    assertEquals(new CheckResult(Status.OK, "why"), of(Result.Status.OK));
    assertEquals(new CheckResult(Status.WARN, "why"), of(Result.Status.WARN));
    assertEquals(
        new CheckResult(Status.CRITICAL, "why"), of(Result.Status.TEMPORARILY_UNAVAILABLE));
    assertEquals(new CheckResult(Status.CRITICAL, "why"), of(Result.Status.CRITICAL));
    assertEquals(new CheckResult(Status.CRITICAL, "why"), of(Result.Status.HEALTH_CHECK_ERROR));
  }

  @Test
  void aCheckThatThrowsIsCriticalAndNamed() {
    register(
        "odd",
        () -> {
          throw new IllegalStateException("oops");
        });
    register(
        "old",
        () -> {
          throw new NoClassDefFoundError("org/example/Gone");
        });
    register("good", ok());

    assertEquals(
        Map.of(
            "odd",
            new CheckResult(
                Status.CRITICAL, "The check \"odd\" failed: java.lang.IllegalStateException: oops"),
            "old",
            new CheckResult(
                Status.CRITICAL,
                "The check \"old\" failed: java.lang.NoClassDefFoundError: org/example/Gone"),
            "good",
            new CheckResult(Status.OK, "")),
        health.checks());
  }

  @Test
  void everyServiceIsReleasedAlsoIfItsCheckThrows() {
    register("good", ok());
    register(
        "odd",
        () -> {
          throw new IllegalStateException("oops");
        });

    health.checks();
    health.checks();

    assertEquals(4, acquired.get());
    assertEquals(4, released.get());
  }

  @Test
  void aCheckThatHasBeenUnregisteredIsLeftOut() {
    registered.add(new Check(7, "gone", () -> null, service -> released.incrementAndGet()));

    assertEquals(Map.of(), health.checks());
    assertEquals(0, released.get());
  }

  /** Does not react to interrupts. */
  private Result hangUninterruptibly() {
    boolean done = false;
    while (!done) {
      try {
        hang.await();
        done = true;
      } catch (InterruptedException e) {
        // This is how a hanging check behaves.
      }
    }
    return new Result(Result.Status.OK, "");
  }

  @Test
  void aHangingCheckIsCriticalAndNamedAndOccupiesOneThread() {
    health = new HealthChecks(() -> List.copyOf(registered), Duration.ofMillis(50));
    AtomicInteger runs = new AtomicInteger();
    register(
        "stuck",
        () -> {
          runs.incrementAndGet();
          return hangUninterruptibly();
        });
    CheckResult expected =
        new CheckResult(Status.CRITICAL, "The check \"stuck\" did not finish within 50 ms");

    for (int i = 0; i < 20; i++) {
      assertEquals(expected, health.checks().get("stuck"));
    }

    assertEquals(1, runs.get());
  }

  @Test
  @FailOnStall
  void aCheckThatHungIsRunAgainOnceItHasFinished() {
    health = new HealthChecks(() -> List.copyOf(registered), Duration.ofMillis(50));
    register("slow", this::hangUninterruptibly);
    assertEquals(Status.CRITICAL, health.checks().get("slow").status());

    hang.countDown();

    while (health.checks().get("slow").status() != Status.OK) {
      Thread.onSpinWait(); // Until the first run has finished; the time limit of the test counts.
    }
  }

  @Test
  void aHangingCheckThatIsUnregisteredIsInterrupted() throws Exception {
    health = new HealthChecks(() -> List.copyOf(registered), Duration.ofMillis(50));
    CountDownLatch interrupted = new CountDownLatch(1);
    register(
        "stuck",
        () -> {
          try {
            hang.await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          return new Result(Result.Status.OK, "");
        });
    assertEquals(Status.CRITICAL, health.checks().get("stuck").status());

    registered.clear();

    assertEquals(Map.of(), health.checks());
    interrupted.await();
  }

  @Test
  void ofTwoChecksOfTheSameNameTheWorseResultCounts() {
    register("twice", () -> new Result(Result.Status.WARN, "careful"));
    register("twice", ok());

    assertEquals(new CheckResult(Status.WARN, "careful"), health.checks().get("twice"));
  }

  private static ExtensionInfo jar(String name, ExtensionInfo.State state, String missing) {
    return new ExtensionInfo(ExtensionInfo.Kind.BUNDLE, name, "", "", "", state, missing);
  }

  @Test
  void aJarThatCannotBeUsedIsAWarningThatSaysWhy() {
    ExtensionInfo good = jar("good.jar", ExtensionInfo.State.ACTIVE, "");
    ExtensionInfo bad = jar("bad.jar", ExtensionInfo.State.REFUSED, "not a jar");
    ExtensionInfo waiting = jar("waiting.jar", ExtensionInfo.State.WAITING, "it waits for com.x");
    ExtensionInfo endless = jar("endless", ExtensionInfo.State.SET_ASIDE, "it does not return");

    assertEquals(
        new CheckResult(Status.OK, ""),
        of(new DeployDirectoryCheck(() -> List.of(good), directory)));
    assertEquals(
        new CheckResult(
            Status.WARN,
            "bad.jar: not a jar; waiting.jar: it waits for com.x; endless: it does not return"),
        of(new DeployDirectoryCheck(() -> List.of(good, bad, waiting, endless), directory)));
  }

  @Test
  void aDeployDirectoryThatIsMissingIsAWarning() {
    Path missing = directory.resolve("missing");

    assertEquals(
        new CheckResult(
            Status.WARN, "The deploy directory " + missing + " is missing or not readable"),
        of(new DeployDirectoryCheck(List::of, missing)));
  }
}
