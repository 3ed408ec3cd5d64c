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

/** Terminates a command with all processes that it started. */
final class ProcessTree {
  private static final int STATE = 0;
  private static final int SESSION = 3;
  private static final long GRACE = Duration.ofMillis(200).toNanos();
  private static final long TERMINATION_TIMEOUT_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long PAUSE = Duration.ofMillis(2).toNanos();

  private ProcessTree() {}

  /**
   * Kills the leader of a session, its descendants, and the remaining processes of the session.
   * They may fork in the meantime, so this is repeated until none is left. A process that left the
   * session and whose parent had ended before stays; it ends with the sandbox.
   *
   * <p>The leader is killed last and gets time to end by itself: as {@code nsenter}, it is the only
   * process that can reap its child in the sandbox. Otherwise the sandbox would never end on a
   * machine whose first process does not reap orphans.
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

  /** Whether a process has ended, even if its parent has not reaped it yet. */
  static boolean hasEnded(long pid) {
    return stat(pid, STATE).matches("[ZX]?");
  }

  private static void addSession(long id, Set<ProcessHandle> found) {
    ProcessHandle.allProcesses()
        .filter(process -> stat(process.pid(), SESSION).equals(Long.toString(id)))
        .forEach(found::add);
  }

  /**
   * Returns a field of {@code /proc/PID/stat}, counted from the name; empty if the process has
   * ended.
   */
  private static String stat(long pid, int field) {
    try {
      // The name is in parentheses and can contain spaces, parentheses and any bytes.
      String stat = Files.readString(Path.of("/proc", "" + pid, "stat"), ISO_8859_1);
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[field];
    } catch (IOException e) {
      return "";
    }
  }
}
