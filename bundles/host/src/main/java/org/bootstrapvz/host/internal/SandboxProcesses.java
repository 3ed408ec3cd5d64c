/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The processes of a sandbox that keep a directory busy, such as a daemon that a package started.
 */
final class SandboxProcesses {
  private static final long TERMINATION_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long KILL_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

  private final long keeper;

  /**
   * The processes of a sandbox.
   *
   * @param keeper the first process of its PID namespace, which is never among them
   */
  SandboxProcesses(long keeper) {
    this.keeper = keeper;
  }

  /**
   * Ends the processes that use a directory or what is below it: with SIGTERM, and after 2 s with
   * SIGKILL.
   *
   * @param directory as the processes see it
   * @return their names
   */
  List<String> endThoseIn(Path directory) throws IOException {
    Path namespace = namespace(keeper).orElseThrow(() -> new IOException("The sandbox has ended"));
    List<ProcessHandle> found = new ArrayList<>();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      all.filter(process -> process.pid() != keeper)
          .filter(process -> namespace(process.pid()).filter(namespace::equals).isPresent())
          .filter(process -> uses(process.pid(), directory))
          .forEach(found::add);
    }
    List<String> names = found.stream().map(process -> name(process.pid())).toList();
    found.forEach(ProcessHandle::destroy);
    if (!haveEnded(found, TERMINATION_NANOS)) {
      found.forEach(ProcessHandle::destroyForcibly);
      haveEnded(found, KILL_NANOS);
    }
    return names;
  }

  private static boolean haveEnded(List<ProcessHandle> processes, long timeoutNanos) {
    long start = System.nanoTime();
    while (!processes.stream().allMatch(process -> ProcessTree.hasEnded(process.pid()))) {
      if (System.nanoTime() - start > timeoutNanos) {
        return false;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  private static Optional<Path> namespace(long pid) {
    return link(Path.of("/proc", Long.toString(pid), "ns/pid"));
  }

  private static boolean uses(long pid, Path directory) {
    Path process = Path.of("/proc", Long.toString(pid));
    if (Stream.of("root", "cwd", "exe").anyMatch(name -> isIn(process.resolve(name), directory))) {
      return true;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (isIn(file, directory)) {
          return true;
        }
      }
    } catch (IOException e) {
      // It has ended.
    }
    return false;
  }

  private static boolean isIn(Path link, Path directory) {
    return link(link).filter(target -> target.startsWith(directory)).isPresent();
  }

  private static Optional<Path> link(Path link) {
    try {
      return Optional.of(Files.readSymbolicLink(link));
    } catch (IOException e) {
      return Optional.empty(); // It has ended.
    }
  }

  private static String name(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "comm")).strip();
    } catch (IOException e) {
      return "a process that has ended";
    }
  }
}
