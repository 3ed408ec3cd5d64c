/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Repeats recovery in a process that runs for a long time, as long as resources are left, also if
 * no build is started. The pauses increase, and start again at the shortest when a build has ended,
 * which may have left resources. Safe for use by several threads.
 */
final class RecoveryRetries {
  static final Duration MIN_PAUSE = Duration.ofMinutes(1);
  static final Duration MAX_PAUSE = Duration.ofHours(1);

  /** Calls something later. */
  interface Timer {
    /** Calls once after a pause; returns what cancels the call. */
    Runnable after(Duration pause, Runnable call);

    /** Cancels all calls, and those to come. */
    void stop();
  }

  private final Recovery recovery;
  private final Timer timer;

  /** Guarded by this. */
  private @Nullable RecoveryReport report;

  /** Guarded by this. */
  private Duration pause = MIN_PAUSE;

  /** Whether an attempt is planned. Guarded by this. */
  private boolean planned;

  /** Cancels the planned attempt. Guarded by this. */
  private Runnable next = () -> {};

  RecoveryRetries(Recovery recovery, Timer timer) {
    this.recovery = recovery;
    this.timer = timer;
  }

  /**
   * Starts recovery and repeats it from now on.
   *
   * @throws InterruptedException if the thread is interrupted while it waits for the local
   *     resources
   */
  void start(Consumer<String> messages, Consumer<String> log) throws InterruptedException {
    RecoveryReport own = new Once(messages, log);
    synchronized (this) {
      report = own;
    }
    recovery.recover(own, this::passEnded);
  }

  void stop() {
    timer.stop();
  }

  /** A build has ended. */
  synchronized void buildEnded() {
    if (report != null) {
      pause = MIN_PAUSE;
      schedule(report);
    }
  }

  private synchronized void passEnded(boolean left) {
    if (report != null && left && !planned) {
      schedule(report);
    }
  }

  private void schedule(RecoveryReport own) {
    next.run();
    next = timer.after(pause, () -> repeat(own));
    planned = true;
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(MAX_PAUSE) < 0 ? longer : MAX_PAUSE;
  }

  private void repeat(RecoveryReport own) {
    synchronized (this) {
      planned = false;
    }
    recovery.start(own, this::passEnded);
  }

  /** Reports to the user only once what every attempt finds. */
  private record Once(Consumer<String> messages, Consumer<String> log, Set<String> reported)
      implements RecoveryReport {
    Once(Consumer<String> messages, Consumer<String> log) {
      this(messages, log, ConcurrentHashMap.newKeySet());
    }

    @Override
    public boolean warn(String message) {
      (reported.add(message) ? messages : log).accept(message);
      return true;
    }

    @Override
    public void log(String text) {
      log.accept(text);
    }
  }
}
