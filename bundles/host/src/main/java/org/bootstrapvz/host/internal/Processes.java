package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Ends a command with all it started. */
final class Processes {
  private static final Path PROC = Path.of("/proc");
  private static final long PATIENCE = Duration.ofSeconds(2).toNanos();
  private static final long PAUSE = Duration.ofMillis(2).toNanos();

  private Processes() {}

  /**
   * Kills the leader of a session, its descendants, and what is left of its session. They may fork
   * meanwhile, so it looks again until none is left. A process that had itself adopted and had left
   * the session before stays; it ends with the sandbox.
   */
  static void killSession(Process leader) {
    Set<ProcessHandle> known = new HashSet<>();
    known.add(leader.toHandle());
    long deadline = System.nanoTime() + PATIENCE;
    while (System.nanoTime() < deadline) {
      for (ProcessHandle process : List.copyOf(known)) {
        process.descendants().forEach(known::add);
      }
      session(leader.pid(), known);
      known.removeIf(process -> !process.isAlive());
      if (known.isEmpty()) {
        return;
      }
      known.forEach(ProcessHandle::destroyForcibly);
      LockSupport.parkNanos(PAUSE);
    }
  }

  private static void session(long id, Set<ProcessHandle> found) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path folder : folders) {
        if (sessionOf(folder) == id) {
          ProcessHandle.of(Long.parseLong(folder.getFileName().toString())).ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long sessionOf(Path folder) {
    try {
      String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
      // pid (name) state ppid pgrp session …; the name may hold blanks and parentheses.
      return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
    } catch (IOException e) {
      return -1; // It ended while we looked.
    }
  }
}
