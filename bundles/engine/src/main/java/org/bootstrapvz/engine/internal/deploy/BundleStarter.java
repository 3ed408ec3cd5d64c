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
 * The starts of bundles, each on a thread of its own: code of third parties may never return, and
 * the other files of the deploy folder must not wait for it.
 */
final class BundleStarter {
  private final Duration patience;
  private final Runnable late;
  private final Map<Long, Thread> running = new ConcurrentHashMap<>();

  /**
   * @param patience how long a start may take
   * @param late is run when one that took longer has ended after all
   */
  BundleStarter(Duration patience, Runnable late) {
    this.patience = patience;
    this.late = late;
  }

  /** Starts a bundle; one that takes too long is interrupted and not waited for any longer. */
  Optional<StartFailure> run(long bundle, Supplier<Optional<StartFailure>> start) {
    if (running.containsKey(bundle)) {
      return tooLong();
    }
    AtomicBoolean givenUp = new AtomicBoolean();
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
              if (givenUp.get()) {
                late.run();
              }
            },
            "bootstrapvz-start-" + bundle);
    thread.setDaemon(true);
    running.put(bundle, thread);
    thread.start();
    try {
      return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      givenUp.set(true);
      thread.interrupt();
      return tooLong();
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return Optional.of(new StartFailure("was not started: the container stops", false));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Optional<StartFailure> tooLong() {
    return Optional.of(
        new StartFailure(
            "has not started within " + patience.toSeconds() + " s: its activation hangs", true));
  }

  boolean isRunning(long bundle) {
    return running.containsKey(bundle);
  }

  /** Interrupts those that are still under way, so that the framework can stop. */
  void close() {
    running.values().forEach(Thread::interrupt);
  }
}
