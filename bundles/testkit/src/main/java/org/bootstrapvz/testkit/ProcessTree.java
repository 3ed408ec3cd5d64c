/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A process with all processes that it started, as Linux shows them in {@code /proc}. */
final class ProcessTree {
  /** The fields of {@code stat} for user, system, children's user and children's system time. */
  private static final int FIRST_TIME = 11;

  private static final int TIMES = 4;

  /** The unit of {@code stat}: a hundredth of a second on all architectures of Debian. */
  private static final long NANOS_PER_TICK = 10_000_000;

  private final ProcessHandle root;

  ProcessTree(ProcessHandle root) {
    this.root = root;
  }

  /**
   * The CPU time that the processes have used, including that of ended processes that were waited
   * for.
   */
  long cpuNanos() {
    return Stream.concat(Stream.of(root), root.descendants())
            .mapToLong(process -> ticks(process.pid()))
            .sum()
        * NANOS_PER_TICK;
  }

  private static long ticks(long pid) {
    String stat;
    try {
      stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    } catch (IOException e) {
      return 0; // It has ended.
    }
    // The name, in parentheses, can contain any characters.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = 0;
    for (int i = FIRST_TIME; i < FIRST_TIME + TIMES; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks;
  }
}
