/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.bootstrapvz.document.WorkerCall;

/** A worker process. Safe for use by several threads. */
final class Worker implements AutoCloseable {
  private final Process process;
  private final Runnable whenClosed;

  /**
   * @param whenClosed deletes its files
   */
  Worker(Process process, Runnable whenClosed) {
    this.process = process;
    this.whenClosed = whenClosed;
  }

  /** Writes a call to its standard input. */
  synchronized void call(WorkerCall call) throws IOException {
    OutputStream input = process.getOutputStream();
    input.write((call.json() + "\n").getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  /** Its events. */
  InputStream events() {
    return process.getInputStream();
  }

  /** What code of plugins and the Java runtime print. */
  InputStream errors() {
    return process.getErrorStream();
  }

  /** Waits until it has ended; returns whether it has. */
  boolean hasEndedWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Sends SIGTERM, which also cancels the build. */
  void terminate() {
    process.destroy();
  }

  /** Sends SIGKILL. The processes of its build end with it. */
  void kill() {
    process.destroyForcibly();
  }

  /** The exit status of the ended process: 128 and the number of the signal that killed it. */
  int exitStatus() {
    return process.exitValue();
  }

  @Override
  public void close() {
    kill();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    whenClosed.run();
  }
}
