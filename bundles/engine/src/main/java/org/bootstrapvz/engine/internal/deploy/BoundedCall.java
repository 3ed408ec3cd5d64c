/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls code that may never return, on a thread of its own, and stops waiting after a timeout. */
final class BoundedCall {
  private BoundedCall() {}

  /**
   * Calls code.
   *
   * @param name of the thread
   * @throws TimeoutException if it takes longer; its thread has been interrupted
   * @throws ExecutionException if it throws
   * @throws InterruptedException if the caller is interrupted; so has been the thread of the call
   */
  static <T> T run(String name, Duration timeout, Callable<T> code)
      throws TimeoutException, ExecutionException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(code);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | InterruptedException e) {
      thread.interrupt();
      throw e;
    }
  }
}
