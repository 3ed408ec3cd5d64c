/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.extension;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a service of another bundle: in other threads, at most {@value #MAX_CALLS} at once, each
 * with a timeout. Safe for use by several threads.
 */
public final class ExtensionGuard {
  private static final Logger LOG = LoggerFactory.getLogger(ExtensionGuard.class);
  private static final int MAX_CALLS = 8;

  private final String bundle;
  private final Duration timeout;
  private final ExecutorService workers;
  private final ScheduledExecutorService timer;
  private final Semaphore permits = new Semaphore(MAX_CALLS);

  /** Calls that timed out and have not returned since. */
  private final AtomicInteger hanging = new AtomicInteger();

  ExtensionGuard(
      String bundle, Duration timeout, ExecutorService workers, ScheduledExecutorService timer) {
    this.bundle = bundle;
    this.timeout = timeout;
    this.workers = workers;
    this.timer = timer;
  }

  /** Symbolic name and version of the bundle. */
  public String bundle() {
    return bundle;
  }

  /** Whether a call timed out and has not returned since. */
  public boolean hanging() {
    return hanging.get() > 0;
  }

  /**
   * Calls the service. Returns at once.
   *
   * @param what names the call in messages
   * @return fails with an {@link ExtensionUnavailableException} if there are too many calls already
   *     or after the timeout, otherwise with what the code throws
   */
  public <T> CompletableFuture<T> call(String what, Callable<T> code) {
    CompletableFuture<T> result = new CompletableFuture<>();
    if (!permits.tryAcquire()) {
      result.completeExceptionally(
          new ExtensionUnavailableException(
              "The bundle " + bundle + " is busy with " + MAX_CALLS + " other requests"));
      return result;
    }
    try {
      Future<?> running = workers.submit(() -> run(code, result));
      Future<?> alarm =
          timer.schedule(
              () -> timedOut(what, running, result), timeout.toMillis(), TimeUnit.MILLISECONDS);
      result.whenComplete((value, problem) -> alarm.cancel(false));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(
          new ExtensionUnavailableException("The server is stopping or restarting"));
    }
    return result;
  }

  private <T> void run(Callable<T> code, CompletableFuture<T> result) {
    boolean inTime = true;
    try {
      inTime = result.complete(code.call());
    } catch (Throwable e) { // whatever a bundle throws, only this request fails
      inTime = result.completeExceptionally(e);
    } finally {
      if (!inTime) {
        hanging.decrementAndGet();
      }
      permits.release();
    }
  }

  private void timedOut(String what, Future<?> running, CompletableFuture<?> result) {
    hanging.incrementAndGet();
    boolean late =
        result.completeExceptionally(
            new ExtensionUnavailableException(
                "The bundle " + bundle + " did not answer within " + timeout.toSeconds() + " s"));
    if (late) {
      LOG.warn(
          "The bundle {} did not finish {} within {} s; the call was interrupted",
          bundle,
          what,
          timeout.toSeconds());
      running.cancel(true);
    } else {
      hanging.decrementAndGet();
    }
  }
}
