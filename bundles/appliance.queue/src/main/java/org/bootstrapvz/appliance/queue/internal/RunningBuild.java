/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bootstrapvz.api.build.BuildResult;
import org.jspecify.annotations.Nullable;

/**
 * A build in a thread of its own, so that the interrupt that cancels it reaches nothing else: an
 * interrupt in the middle of a write would close the file of an embedded database.
 */
final class RunningBuild {
  private final Thread thread;
  private final long id;
  private final long fence;
  private final long neededBytes;
  private final Consumer<String> canceller;

  /** {@link System#nanoTime} when the database was last asked and said that this run has it. */
  private volatile long provenAt;

  /** Guarded by this, as all below. */
  private Optional<String> lost = Optional.empty();

  private boolean ended;
  private boolean cancelled;
  private Optional<String> cancelledBy = Optional.empty();
  private @Nullable BuildResult result;
  private @Nullable Throwable thrown;

  /**
   * @param fence the fencing number of this run
   * @param takenAt {@link System#nanoTime} before it was taken from the queue
   * @param neededBytes disk space that is reserved for it
   * @param canceller receives who cancels it, once and before it ends; must not block
   */
  RunningBuild(
      long id,
      long fence,
      long takenAt,
      long neededBytes,
      Consumer<String> canceller,
      Supplier<BuildResult> build) {
    this.id = id;
    this.fence = fence;
    provenAt = takenAt;
    this.neededBytes = neededBytes;
    this.canceller = canceller;
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

  long id() {
    return id;
  }

  long fence() {
    return fence;
  }

  /** The database said that this run has the build, when it was asked at this time. */
  void proven(long nanoTime) {
    provenAt = nanoTime;
  }

  /** Whether the last proof is older than this. */
  boolean isUnproven(long nanos) {
    return System.nanoTime() - provenAt > nanos;
  }

  /** Cancels the build, as this run may have lost it; returns whether this is new. */
  synchronized boolean lose(String reason) {
    if (ended || lost.isPresent()) {
      return false;
    }
    lost = Optional.of(reason);
    cancel();
    return true;
  }

  /** Why this run may have lost the build, if it may. */
  synchronized Optional<String> lost() {
    return lost;
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

  /**
   * Interrupts the build, as {@link #cancel()} does.
   *
   * @param by who cancels it; the first one counts
   */
  synchronized boolean cancel(String by) {
    if (!ended && !cancelled) {
      cancelledBy = Optional.of(by);
      // Under the lock, so that the build cannot end before.
      canceller.accept(by);
    }
    return cancel();
  }

  /** Who cancelled it; empty if nobody did. */
  synchronized Optional<String> cancelledBy() {
    return cancelledBy;
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }
}
