/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KvmTest {
  @TempDir private Path folder;

  private static boolean hasQemu() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(path -> Files.isExecutable(Path.of(path, Architecture.AMD64.qemu().name())));
  }

  @Test
  void theProbeIsABootSector() {
    byte[] sector = Kvm.bootSector();

    assertEquals(512, sector.length);
    assertEquals(0x55, sector[510]);
    assertEquals((byte) 0xaa, sector[511]);
  }

  @Test
  void theProbeRunsInAMachineThatWorks() throws Exception {
    assumeTrue(hasQemu());
    Path disk = Files.write(folder.resolve("probe.img"), Kvm.bootSector());

    assertTrue(Kvm.runs(disk, List.of("-accel", "tcg", "-cpu", "max")));
  }

  @Test
  void anAcceleratorThatDoesNotStartDoesNotWork() throws Exception {
    assumeTrue(hasQemu());
    Path disk = Files.write(folder.resolve("probe.img"), Kvm.bootSector());

    assertFalse(Kvm.runs(disk, List.of("-accel", "none-such")));
  }
}
