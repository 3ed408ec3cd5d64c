/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
  @TempDir Path root;

  @BeforeEach
  void aMachineWithOneGibibyteAvailable() throws IOException {
    file("proc/meminfo", "MemTotal: 4194304 kB\nMemAvailable: 1048576 kB\n");
  }

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private long available() throws IOException {
    return new Memory(root).available();
  }

  @Test
  void withoutLimitsTheMemoryOfTheMachineIsReturned() throws IOException {
    file("proc/self/cgroup", "0::/a\n");
    file("sys/fs/cgroup/a/memory.max", "max\n");
    assertEquals(1L << 30, available());
  }

  @Test
  void aLimitOfAParentGroupAppliesAndCacheCountsAsAvailable() throws IOException {
    file("proc/self/cgroup", "0::/a/b\n");
    file("sys/fs/cgroup/a/memory.max", "1000000\n");
    file("sys/fs/cgroup/a/memory.current", "600000\n");
    file("sys/fs/cgroup/a/memory.stat", "anon 400000\ninactive_file 150000\n");
    assertEquals(550_000, available());
  }

  @Test
  void limitsOfCgroupV1ApplyToo() throws IOException {
    file("proc/self/cgroup", "5:devices:/\n4:memory:/job\n0::/\n");
    file("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "9223372036854771712\n");
    file("sys/fs/cgroup/memory/job/memory.usage_in_bytes", "0\n");
    file("sys/fs/cgroup/memory/job/memory.stat", "total_inactive_file 0\n");
    assertEquals(1L << 30, available());
    file("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "500\n");
    file("sys/fs/cgroup/memory/job/memory.usage_in_bytes", "700\n");
    assertEquals(0, available());
  }

  @Test
  void theMemoryOfThisMachineIsRead() throws IOException {
    long available = new Memory(Path.of("/")).available();
    assertEquals(true, available > 0 && available < 1L << 50, "available: " + available);
  }
}
