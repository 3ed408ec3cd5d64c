/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal.isolation;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.value.Bytes;

/** The control group of a build, with a limit of its memory and of its processes. */
final class ControlGroup implements AutoCloseable {
  /** The kernel needs a moment to forget processes that have ended. */
  private static final Duration DELETION_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(5);

  /** Moves the shell, and with it all that it starts. */
  private static final String ENTER = "echo $$ > \"$1\"; shift; exec \"$@\"";

  private final Path directory;
  private final long maxMemory;

  ControlGroup(Path directory, long maxMemory) {
    this.directory = directory;
    this.maxMemory = maxMemory;
  }

  /** Its directory in the filesystem of control groups. */
  Path directory() {
    return directory;
  }

  /** The start of a command line: the command after it runs in the group. */
  List<String> enter() {
    return List.of("sh", "-ec", ENTER, "sh", directory.resolve("cgroup.procs").toString());
  }

  /** Kills all its processes. Kernels before 5.14 cannot do it at once. */
  void kill() throws IOException {
    Path file = directory.resolve("cgroup.kill");
    if (Files.exists(file)) {
      Files.writeString(file, "1");
    }
  }

  /** Says that its processes were killed since they used more memory than allowed, if they were. */
  Optional<String> excess() {
    try {
      boolean killed =
          Files.readAllLines(directory.resolve("memory.events")).stream()
              .anyMatch(line -> line.matches("oom_kill [1-9]\\d*"));
      return killed
          ? Optional.of(
              "The build was ended since it used more than "
                  + new Bytes(maxMemory)
                  + " of memory, including the files that it keeps there. maxMemory in"
                  + " org.bootstrapvz.appliance.queue.cfg sets the limit")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Deletes the group. Its processes have ended. */
  @Override
  public void close() throws IOException {
    long end = System.nanoTime() + DELETION_TIMEOUT.toNanos();
    boolean interrupted = false;
    while (true) {
      try {
        Files.deleteIfExists(directory);
        break;
      } catch (DirectoryNotEmptyException e) {
        throw e;
      } catch (FileSystemException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        try {
          Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException interruption) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
