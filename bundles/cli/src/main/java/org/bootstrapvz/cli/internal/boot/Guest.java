/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.boot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running QEMU that does not outlive this program, not even if it is killed: a shell waits at the
 * end of a pipe, is told the process to look after, and ends it when the pipe closes without a word
 * of farewell. (QEMU itself goes on when its input closes.)
 */
final class Guest implements AutoCloseable {
  private static final String GUARD =
      """
      trap '' INT HUP TERM
      read -r process || exit 0
      read -r farewell && exit 0
      kill -TERM "$process" && sleep 2 && kill -KILL "$process"
      """;
  private static final long PATIENCE = 5;

  private final Process guard;
  private final Process qemu;

  private Guest(Process guard, Process qemu) {
    this.guard = guard;
    this.qemu = qemu;
  }

  /** Starts a command; the builder says where its input and output go. */
  static Guest start(ProcessBuilder command) throws IOException {
    Process guard = startGuard();
    try {
      Guest guest = new Guest(guard, command.start());
      guest.tellGuard(guest.qemu.pid() + "\n");
      return guest;
    } catch (IOException e) {
      guard.getOutputStream().close();
      throw e;
    }
  }

  /** A guard that waits to be told, line by line, the process and that all is well. */
  static Process startGuard() throws IOException {
    return new ProcessBuilder(List.of("sh", "-c", GUARD))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  Process process() {
    return qemu;
  }

  /** Ends the machine if it still runs. */
  @Override
  public void close() {
    qemu.destroy();
    boolean interrupted = Thread.interrupted();
    try {
      if (!qemu.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        qemu.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      qemu.destroyForcibly();
    }
    try {
      tellGuard("farewell\n");
      guard.getOutputStream().close();
    } catch (IOException e) {
      // The guard is gone already, and so is the machine.
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellGuard(String line) throws IOException {
    OutputStream pipe = guard.getOutputStream();
    pipe.write(line.getBytes(StandardCharsets.US_ASCII));
    pipe.flush();
  }
}
