/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.document.WorkerCall;

/** A worker process. Safe for use by several threads. */
final class Worker implements AutoCloseable {
  private final Process process;
  private final Belongings belongings;

  /**
   * @param whenClosed deletes its files
   */
  Worker(Process process, Runnable whenClosed) {
    this(process, new DeployDirectory(whenClosed));
  }

  /** A process with what it leaves. */
  Worker(Process process, Belongings belongings) {
    this.process = process;
    this.belongings = belongings;
  }

  /** What a process leaves when it has ended. */
  interface Belongings {
    /**
     * Releases what a process held that ended without a result.
     *
     * @return false if the engine of the appliance has to do that, with the journals in its state
     *     directory
     */
    boolean release(Consumer<String> messages);

    /** Says which limit of its resources a process exceeded, if it was ended for that. */
    default Optional<String> excess() {
      return Optional.empty();
    }

    /** Takes over what the build delivered, and deletes the rest; returns the final result. */
    BuildResult settle(BuildResult result);
  }

  /**
   * The only thing of a process that works as this user in the state directory of the appliance.
   */
  private record DeployDirectory(Runnable delete) implements Belongings {
    @Override
    public boolean release(Consumer<String> messages) {
      return false;
    }

    @Override
    public BuildResult settle(BuildResult result) {
      delete.run();
      return result;
    }
  }

  Belongings belongings() {
    return belongings;
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
  }
}
