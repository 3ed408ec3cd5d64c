/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads how much memory is available, on the machine and in the control groups of this process. */
final class Memory {
  private final Path root;

  /** The directory that contains {@code proc} and {@code sys}. */
  Memory(Path root) {
    this.root = root;
  }

  long available() throws IOException {
    long available = 1024 * field(root.resolve("proc/meminfo"), "MemAvailable:");
    Path groups = root.resolve("sys/fs/cgroup");
    for (String line : Files.readAllLines(root.resolve("proc/self/cgroup"))) {
      String[] parts = line.split(":", 3);
      if (parts[1].isEmpty()) {
        available = Math.min(available, inGroup(groups, parts[2], "max", "current", ""));
      } else if (parts[1].equals("memory")) {
        Path memory = groups.resolve("memory");
        available =
            Math.min(
                available, inGroup(memory, parts[2], "limit_in_bytes", "usage_in_bytes", "total_"));
      }
    }
    return Math.max(0, available);
  }

  /** The memory that the group and its parents allow; any of them can have a limit. */
  private static long inGroup(Path top, String name, String limit, String usage, String statPrefix)
      throws IOException {
    long allowed = Long.MAX_VALUE;
    @Nullable Path group = top.resolve(name.substring(1)).normalize();
    for (; group != null && group.startsWith(top); group = group.getParent()) {
      Path file = group.resolve("memory." + limit);
      String text = Files.isReadable(file) ? Files.readString(file).strip() : "max";
      if (!text.equals("max")) {
        long used = Long.parseLong(Files.readString(group.resolve("memory." + usage)).strip());
        // The page cache counts as used, but the kernel frees it on demand.
        long cache = field(group.resolve("memory.stat"), statPrefix + "inactive_file ");
        allowed = Math.min(allowed, Long.parseLong(text) - used + cache);
      }
    }
    return allowed;
  }

  private static long field(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow(() -> new IOException(file + " has no line " + name.strip()));
  }
}
