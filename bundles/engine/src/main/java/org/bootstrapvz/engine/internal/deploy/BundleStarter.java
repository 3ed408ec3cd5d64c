/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.bootstrapvz.engine.internal.deploy.Bundles.StartFailure;

/**
 * Starts bundles, each on a thread of its own: third-party code may never return, and the other
 * files of the deploy directory must not wait for it.
 */
final class BundleStarter {
  private final Duration timeout;
  private final Runnable onLateEnd;
  private final Map<Long, Thread> running = new ConcurrentHashMap<>();

  /**
   * @param timeout how long a start may take
   * @param onLateEnd called when a start that exceeded the timeout has ended after all
   */
  BundleStarter(Duration timeout, Runnable onLateEnd) {
    this.timeout = timeout;
    this.onLateEnd = onLateEnd;
  }

  /** Starts a bundle; interrupts the start and returns when it exceeds the timeout. */
  Optional<StartFailure> run(long bundle, Supplier<Optional<StartFailure>> start) {
    if (running.containsKey(bundle)) {
      return tooLong();
    }
    AtomicBoolean timedOut = new AtomicBoolean();
    FutureTask<Optional<StartFailure>> task =
        new FutureTask<>(
            () -> {
              try {
                return start.get();
              } finally {
                running.remove(bundle);
              }
            });
    Thread thread =
        new Thread(
            () -> {
              task.run();
              if (timedOut.get()) {
                onLateEnd.run();
              }
            },
            "bootstrapvz-start-" + bundle);
    thread.setDaemon(true);
    running.put(bundle, thread);
    thread.start();
    try {
      return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      timedOut.set(true);
      thread.interrupt();
      return tooLong();
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return Optional.of(
          new StartFailure("was not started because the container is stopping", false));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Optional<StartFailure> tooLong() {
    return Optional.of(
        new StartFailure(
            "has not started within " + timeout.toSeconds() + " s: its activation does not return",
            true));
  }

  boolean isRunning(long bundle) {
    return running.containsKey(bundle);
  }

  /** Interrupts the starts that are still running, so that the framework can stop. */
  void close() {
    running.values().forEach(Thread::interrupt);
  }
}
