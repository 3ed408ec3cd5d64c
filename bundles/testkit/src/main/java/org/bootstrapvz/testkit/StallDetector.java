/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Waits for something and fails when the work stalls, however long the work takes. In this way a
 * test does not fail because the machine is slow.
 *
 * <p>Work is in progress as long as its output grows, or its processes use more of the CPU than an
 * idle process. A wait ends with an {@link AssertionError} when there was no progress for the whole
 * limit. A process that is busy without any output fails, too, after five times the limit of CPU
 * time.
 *
 * <p>Time is counted in steps of the waiting thread: a machine that is suspended for minutes costs
 * one step. Instances are for one thread at a time; the observed values may change in any thread.
 */
public final class StallDetector {
  /** The default limit: the time without progress after which work counts as stalled. */
  public static final Duration DEFAULT_LIMIT = Duration.ofMinutes(2);

  private static final Duration STEP = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(20);

  /** The maximum CPU share of an idle process. */
  private static final double IDLE_SHARE = 0.02;

  private static final int BUSY_FACTOR = 5;

  /** The kernel counts the CPU time of processes in steps of 10 ms, that of threads exactly. */
  private static final long IMPRECISE_NANOS = 100_000_000;

  private final LongSupplier output;
  private final LongSupplier cpuNanos;
  private final Duration limit;
  private final double idleShare;
  private final Duration step;

  StallDetector(
      LongSupplier output, LongSupplier cpuNanos, Duration limit, double idleShare, Duration step) {
    this.output = output;
    this.cpuNanos = cpuNanos;
    this.limit = limit;
    this.idleShare = idleShare;
    this.step = step;
  }

  /**
   * Watches the process of the test with all its descendants. What the waiting thread uses of the
   * CPU does not count: polling is no progress.
   */
  public static StallDetector ofThisProcess() {
    ProcessTree tree = new ProcessTree(ProcessHandle.current());
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    AtomicLong last = new AtomicLong();
    return new StallDetector(
        () -> 0,
        () ->
            last.accumulateAndGet(
                tree.cpuNanos() - threads.getCurrentThreadCpuTime(),
                (before, now) -> now > before - IMPRECISE_NANOS ? Math.max(before, now) : now),
        DEFAULT_LIMIT,
        IDLE_SHARE,
        STEP);
  }

  /**
   * Watches a process with all its descendants.
   *
   * @param output a number that grows with the output of the process, such as its number of lines
   */
  public static StallDetector of(ProcessHandle process, LongSupplier output) {
    return new StallDetector(
        output, new ProcessTree(process)::cpuNanos, DEFAULT_LIMIT, IDLE_SHARE, STEP);
  }

  /** Returns this detector with another limit, for work that may be silent for longer. */
  public StallDetector withLimit(Duration other) {
    return new StallDetector(output, cpuNanos, other, idleShare, step);
  }

  /**
   * Returns this detector for work that uses more of the CPU when it is idle, such as an emulated
   * machine.
   *
   * @param share of one CPU, between 0 and 1
   */
  public StallDetector withIdleShare(double share) {
    return new StallDetector(output, cpuNanos, limit, share, step);
  }

  /**
   * An event to wait for.
   *
   * @param <E> thrown if the event can no longer happen
   */
  @FunctionalInterface
  public interface Event<E extends Exception> {
    /** Waits for at most this time; returns whether the event has happened. */
    boolean within(Duration time) throws E, InterruptedException;
  }

  /**
   * A condition to be polled.
   *
   * @param <E> thrown if the condition can no longer become true
   */
  @FunctionalInterface
  public interface Condition<E extends Exception> {
    /** Returns whether it is true now. */
    boolean holds() throws E, InterruptedException;
  }

  /**
   * Waits until an event has happened.
   *
   * @param what describes the event in the message; called when the wait fails
   * @throws AssertionError if there was no progress for the limit
   */
  public <E extends Exception> void await(Supplier<String> what, Event<E> event)
      throws E, InterruptedException {
    Progress progress = new Progress(what);
    while (!event.within(step)) {
      progress.step();
    }
  }

  /**
   * Polls until a condition is true.
   *
   * @param what describes the condition in the message; called when the wait fails
   * @throws AssertionError if there was no progress for the limit
   */
  public <E extends Exception> void until(Supplier<String> what, Condition<E> condition)
      throws E, InterruptedException {
    await(what, time -> holdsWithin(time, condition));
  }

  private static <E extends Exception> boolean holdsWithin(Duration time, Condition<E> condition)
      throws E, InterruptedException {
    for (long waited = 0; waited < time.toNanos(); waited += POLL.toNanos()) {
      if (condition.holds()) {
        return true;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return false;
  }

  /**
   * Polls until a value is present.
   *
   * @param what describes the value in the message; called when the wait fails
   * @throws AssertionError if there was no progress for the limit
   */
  public <T> T first(Supplier<String> what, Supplier<Optional<T>> search)
      throws InterruptedException {
    AtomicReference<T> found = new AtomicReference<>();
    until(
        what,
        () -> {
          search.get().ifPresent(found::set);
          return found.get() != null;
        });
    return Objects.requireNonNull(found.get());
  }

  /**
   * Waits for the value of a future.
   *
   * @param what describes the value in the message; called when the wait fails
   * @throws AssertionError if there was no progress for the limit
   * @throws ExecutionException if the future failed
   */
  public <T> T get(Supplier<String> what, Future<T> future)
      throws InterruptedException, ExecutionException {
    await(
        what,
        time -> {
          try {
            future.get(time.toNanos(), TimeUnit.NANOSECONDS);
            return true;
          } catch (TimeoutException e) {
            return false;
          }
        });
    return future.get();
  }

  /**
   * Waits for the end of a process.
   *
   * @param what describes the process in the message; called when the wait fails
   * @throws AssertionError if there was no progress for the limit
   */
  public void end(Supplier<String> what, Process process) throws InterruptedException {
    await(what, time -> process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** The activity since the last progress. */
  private final class Progress {
    private final Supplier<String> what;
    private long lastOutput = output.getAsLong();
    private long cpuAtOutput = cpuNanos.getAsLong();
    private long cpuAtProgress = cpuAtOutput;
    private long idleNanos;

    Progress(Supplier<String> what) {
      this.what = what;
    }

    void step() {
      long cpu = cpuNanos.getAsLong();
      long now = output.getAsLong();
      idleNanos += step.toNanos();
      if (now != lastOutput) {
        lastOutput = now;
        cpuAtOutput = cpu;
        progress(cpu);
      } else if (cpu < cpuAtProgress // a process has ended
          || cpu - cpuAtProgress >= limit.toNanos() * idleShare) {
        progress(cpu);
      }
      if (idleNanos >= limit.toNanos()) {
        throw new AssertionError(what.get() + ": no progress for " + limit.toSeconds() + " s");
      }
      if (cpu - cpuAtOutput >= limit.toNanos() * BUSY_FACTOR) {
        throw new AssertionError(
            what.get()
                + ": no output although "
                + Duration.ofNanos(cpu - cpuAtOutput).toSeconds()
                + " s of CPU time were used");
      }
    }

    private void progress(long cpu) {
      cpuAtProgress = cpu;
      idleNanos = 0;
    }
  }
}
