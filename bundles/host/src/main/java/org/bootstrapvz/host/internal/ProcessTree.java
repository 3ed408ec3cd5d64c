/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Ends a command with all it started. */
final class ProcessTree {
  private static final int STATE = 0;
  private static final int SESSION = 3;
  private static final long GRACE = Duration.ofMillis(200).toNanos();
  private static final long TERMINATION_TIMEOUT_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long PAUSE = Duration.ofMillis(2).toNanos();

  private ProcessTree() {}

  /**
   * Kills the leader of a session, its descendants, and what is left of its session. They may fork
   * meanwhile, so it looks again until none is left. A process whose parent had died and that had
   * left the session before stays; it ends with the sandbox.
   *
   * <p>The leader is last and has time to end by itself: as {@code nsenter} it is the only one that
   * can bury its child in the sandbox, which would else never end on a machine whose first process
   * does not bury orphans.
   */
  static void killSession(Process leader) {
    ProcessHandle first = leader.toHandle();
    Set<ProcessHandle> known = new HashSet<>();
    long start = System.nanoTime();
    do {
      first.descendants().forEach(known::add);
      for (ProcessHandle process : List.copyOf(known)) {
        process.descendants().forEach(known::add);
      }
      addSession(leader.pid(), known);
      known.remove(first);
      known.removeIf(process -> hasEnded(process.pid()));
      known.forEach(ProcessHandle::destroyForcibly);
      if (known.isEmpty() && System.nanoTime() - start > GRACE) {
        leader.destroyForcibly();
      }
      LockSupport.parkNanos(PAUSE);
    } while ((leader.isAlive() || !known.isEmpty())
        && System.nanoTime() - start < TERMINATION_TIMEOUT_NANOS);
  }

  /** Whether a process is gone, or dead and only not yet buried by its parent. */
  static boolean hasEnded(long pid) {
    return stat(pid, STATE).matches("[ZX]?");
  }

  private static void addSession(long id, Set<ProcessHandle> found) {
    ProcessHandle.allProcesses()
        .filter(process -> stat(process.pid(), SESSION).equals(Long.toString(id)))
        .forEach(found::add);
  }

  /** A field of {@code /proc/PID/stat}, counted from behind the name; empty if it has ended. */
  private static String stat(long pid, int field) {
    try {
      // The name stands in parentheses and may hold blanks, parentheses, and bytes of any kind.
      String stat = Files.readString(Path.of("/proc", "" + pid, "stat"), ISO_8859_1);
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[field];
    } catch (IOException e) {
      return "";
    }
  }
}
