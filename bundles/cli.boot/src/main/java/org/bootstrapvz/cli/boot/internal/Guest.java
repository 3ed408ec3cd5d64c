/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running QEMU that does not outlive this program, not even if it is killed: a shell reads from a
 * pipe first the id of the process, and kills that process when the pipe closes without a farewell.
 * (QEMU itself continues when its input closes.)
 */
final class Guest implements AutoCloseable {
  private static final String GUARD =
      """
      trap '' INT HUP TERM
      read -r process || exit 0
      read -r farewell && exit 0
      kill -TERM "$process" && sleep 2 && kill -KILL "$process"
      """;
  private static final long TERMINATION_SECONDS = 5;

  private final Process guard;
  private final Process qemu;

  private Guest(Process guard, Process qemu) {
    this.guard = guard;
    this.qemu = qemu;
  }

  /** Starts a command; the builder sets its input and output. */
  static Guest start(ProcessBuilder command) throws IOException {
    Process guard = startGuard();
    try {
      Guest guest = new Guest(guard, command.start());
      guest.sendToGuard(guest.qemu.pid() + "\n");
      return guest;
    } catch (IOException e) {
      guard.getOutputStream().close();
      throw e;
    }
  }

  /** A guard that reads the id of the process from one line, and a farewell from the next. */
  static Process startGuard() throws IOException {
    return new ProcessBuilder(List.of("sh", "-c", GUARD))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  Process process() {
    return qemu;
  }

  /** Stops the machine if it is still running. */
  @Override
  public void close() {
    qemu.destroy();
    boolean interrupted = Thread.interrupted();
    try {
      if (!qemu.waitFor(TERMINATION_SECONDS, TimeUnit.SECONDS)) {
        qemu.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      qemu.destroyForcibly();
    }
    try {
      sendToGuard("farewell\n");
      guard.getOutputStream().close();
    } catch (IOException e) {
      // The guard is gone already, and so is the machine.
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendToGuard(String line) throws IOException {
    OutputStream pipe = guard.getOutputStream();
    pipe.write(line.getBytes(StandardCharsets.US_ASCII));
    pipe.flush();
  }
}
