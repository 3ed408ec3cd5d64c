/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.util.Objects;
import java.util.function.Supplier;
import org.bootstrapvz.api.build.BuildResult;
import org.jspecify.annotations.Nullable;

/**
 * A build in a thread of its own, so that the interrupt that cancels it reaches nothing else: an
 * interrupt in the middle of a write would close the file of an embedded database.
 */
final class RunningBuild {
  private final Thread thread;
  private final long neededBytes;
  private boolean ended;
  private boolean cancelled;
  private @Nullable BuildResult result;
  private @Nullable Throwable thrown;

  /**
   * @param neededBytes disk space that is reserved for it
   */
  RunningBuild(long id, long neededBytes, Supplier<BuildResult> build) {
    this.neededBytes = neededBytes;
    thread =
        new Thread(
            () -> {
              try {
                result = build.get();
              } catch (RuntimeException | Error e) {
                thrown = e;
              }
            },
            "build " + id);
  }

  long neededBytes() {
    return neededBytes;
  }

  /** Runs the build and waits until it ends. Interrupting the caller cancels the build. */
  BuildResult run() {
    boolean interrupted = false;
    synchronized (this) {
      thread.start();
      if (cancelled) {
        thread.interrupt();
      }
    }
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        cancel();
      }
    }
    synchronized (this) {
      ended = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (thrown != null) {
      throw new IllegalStateException("The engine failed: " + thrown, thrown);
    }
    return Objects.requireNonNull(result);
  }

  /** Interrupts the build, once; returns whether it had not ended. */
  synchronized boolean cancel() {
    if (!ended && !cancelled) {
      cancelled = true;
      thread.interrupt();
    }
    return !ended;
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }
}
