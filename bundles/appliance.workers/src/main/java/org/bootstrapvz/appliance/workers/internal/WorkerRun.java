/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.bootstrapvz.document.WorkerCall;

/**
 * One run of a worker process, until it has ended. Used by one thread, which may be interrupted.
 */
final class WorkerRun {
  private final Worker worker;
  private final Relay relay;
  private final Duration releaseTimeout;
  private final Duration endTimeout;
  private boolean cancelled;
  private boolean interrupted;

  WorkerRun(Worker worker, Relay relay, Duration releaseTimeout, Duration endTimeout) {
    this.worker = worker;
    this.relay = relay;
    this.releaseTimeout = releaseTimeout;
    this.endTimeout = endTimeout;
  }

  /** Passes all events on, and returns when the process has ended. */
  void untilItEnds() {
    Thread events = thread("events of a build", () -> relay.events(worker.events()));
    Thread errors = thread("output of a build", () -> relay.output(worker.errors()));
    boolean willing = awaitTheLastEvent();
    // A thread or a shutdown hook of a plugin may keep it running.
    List<Runnable> steps = List.of(() -> {}, worker::terminate, worker::kill);
    for (Runnable step : willing ? steps : steps.subList(1, steps.size())) {
      step.run();
      if (ended()) {
        break;
      }
    }
    // What it wrote is in the pipes. A process in the background may hold them open.
    join(events);
    join(errors);
  }

  /** Returns whether the process can be expected to end by itself. */
  private boolean awaitTheLastEvent() {
    long end = Long.MAX_VALUE;
    while (true) {
      try {
        return relay.awaitTheLastEvent(end);
      } catch (InterruptedException e) {
        interrupted = true;
        if (!cancelled) {
          cancelled = true;
          end = System.nanoTime() + releaseTimeout.toNanos();
          cancel();
        }
      }
    }
  }

  private void cancel() {
    try {
      worker.call(new WorkerCall.Cancel());
    } catch (IOException e) {
      // It has ended, or is about to.
    }
  }

  private boolean ended() {
    while (true) {
      try {
        return worker.hasEndedWithin(endTimeout);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private void join(Thread thread) {
    try {
      thread.join(endTimeout.toMillis());
    } catch (InterruptedException e) {
      interrupted = true;
    }
  }

  /** Whether the build was cancelled. */
  boolean isCancelled() {
    return cancelled;
  }

  /** Whether the thread was interrupted; its flag is clear. */
  boolean wasInterrupted() {
    return interrupted;
  }

  private static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
