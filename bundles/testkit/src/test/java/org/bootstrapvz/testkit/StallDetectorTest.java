/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StallDetectorTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final AtomicLong output = new AtomicLong();
  private final AtomicLong cpuNanos = new AtomicLong();
  private final AtomicInteger steps = new AtomicInteger();
  private final StallDetector detector =
      new StallDetector(output::get, cpuNanos::get, LIMIT, 0.02, Duration.ofSeconds(1));

  /** Does not wait: a step of the detector is a call. */
  private void await(int happensAfter, Runnable inEachStep) throws Exception {
    detector.await(
        () -> "the end",
        time -> {
          inEachStep.run();
          return steps.incrementAndGet() > happensAfter;
        });
  }

  private void use(Duration time) {
    cpuNanos.addAndGet(time.toNanos());
  }

  @Test
  void workMayTakeAnyTimeAsLongAsItsOutputGrows() throws Exception {
    await(1000, output::incrementAndGet);
    assertEquals(1001, steps.get());
  }

  @Test
  void workMayTakeAnyTimeAsLongAsItUsesTheCpu() throws Exception {
    await(200, () -> use(Duration.ofMillis(200)));
    assertEquals(201, steps.get());
  }

  @Test
  void aProcessThatEndsIsProgress() throws Exception {
    use(Duration.ofHours(1));
    await(500, () -> use(Duration.ofMillis(-1)));
    assertEquals(501, steps.get());
  }

  @Test
  void workThatDoesNothingFailsAfterTheLimit() {
    AssertionError error = assertThrows(AssertionError.class, () -> await(1000, () -> {}));
    assertEquals("the end: no progress for 10 s", error.getMessage());
    assertEquals(10, steps.get());
  }

  @Test
  void theUsageOfAnIdleProcessIsNotProgress() {
    assertThrows(AssertionError.class, () -> await(1000, () -> use(Duration.ofMillis(10))));
    assertEquals(10, steps.get());
  }

  @Test
  void anEmulatedMachineUsesMoreWhenItIsIdle() {
    StallDetector machine = detector.withIdleShare(0.1);
    assertThrows(
        AssertionError.class,
        () ->
            machine.await(
                () -> "the login",
                time -> {
                  use(Duration.ofMillis(50));
                  return steps.incrementAndGet() > 1000;
                }));
    assertEquals(10, steps.get());
  }

  @Test
  void workThatIsBusyWithoutAnyOutputFailsAfterALongTime() {
    AssertionError error =
        assertThrows(AssertionError.class, () -> await(10_000, () -> use(Duration.ofSeconds(1))));
    assertEquals("the end: no output although 50 s of CPU time were used", error.getMessage());
  }

  @Test
  void aConditionIsPolledUntilItIsTrue() throws Exception {
    detector.until(() -> "the end", () -> steps.incrementAndGet() > 3);
    assertEquals(4, steps.get());
  }

  @Test
  void pollingIsNotProgress() {
    StallDetector own = StallDetector.ofThisProcess().withLimit(Duration.ofSeconds(2));
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                own.until(
                    () -> "the end",
                    () -> {
                      long start = System.nanoTime();
                      while (System.nanoTime() - start < 20_000_000) {
                        Thread.onSpinWait();
                      }
                      return steps.incrementAndGet() > 1000;
                    }));
    assertEquals("the end: no progress for 2 s", error.getMessage());
  }

  @Test
  void theValueOrTheFailureOfAFutureIsThatOfTheWait() throws Exception {
    assertEquals("done", detector.get(() -> "it", CompletableFuture.completedFuture("done")));
    IOException failure = new IOException("no space");
    ExecutionException thrown =
        assertThrows(
            ExecutionException.class,
            () -> detector.get(() -> "it", CompletableFuture.failedFuture(failure)));
    assertSame(failure, thrown.getCause());
  }

  @Test
  void theCpuTimeOfAProcessIncludesThatOfItsChildren() throws Exception {
    ProcessTree tree = new ProcessTree(ProcessHandle.current());
    long before = tree.cpuNanos();
    String busy = "i=0; while [ $i -lt 100000 ]; do i=$((i + 1)); done";
    Process process = new ProcessBuilder("sh", "-c", busy + "; echo; read end").start();
    assertEquals('\n', process.getInputStream().read());

    long used = new ProcessTree(process.toHandle()).cpuNanos();
    assertTrue(used > 0, used + " ns");
    assertTrue(tree.cpuNanos() - before >= used, "of the child only: " + used + " ns");
    process.getOutputStream().close();
    process.waitFor();
    assertTrue(tree.cpuNanos() - before >= used, "after its end");
  }

  @Test
  void theEndOfAProcessIsAwaited() throws Exception {
    Process process = new ProcessBuilder("sh", "-c", "sleep 0.1").start();
    StallDetector.of(process.toHandle(), () -> 0).end(() -> "sleep", process);
    assertEquals(0, process.exitValue());
  }
}
