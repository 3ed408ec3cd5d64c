/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The timer of this process. Its thread starts with the first call. */
final class RetryTimer implements RecoveryRetries.Timer {
  private final ScheduledThreadPoolExecutor calls;

  RetryTimer(ThreadFactory threads) {
    calls = new ScheduledThreadPoolExecutor(1, threads);
    calls.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Runnable after(Duration pause, Runnable call) {
    try {
      Future<?> waiting = calls.schedule(call, pause.toNanos(), TimeUnit.NANOSECONDS);
      return () -> waiting.cancel(false);
    } catch (RejectedExecutionException e) {
      // The engine is stopping; the next process continues.
      return () -> {};
    }
  }

  @Override
  public void stop() {
    calls.shutdownNow();
  }
}
