/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.grub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.volume.Partition.Role;
import org.bootstrapvz.volume.VolumeLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrubStubsTest {
  private final VolumeLayout layout =
      VolumeLayout.of(
          new TestManifest()
              .withPartition("boot", "256MiB", "ext2")
              .withPartition("root", "1GiB", "btrfs")
              .withPartition("it's", "1GiB", "ext4"));
  private final String boot = layout.with(Role.BOOT).orElseThrow().uuid();
  private final String root = layout.root().uuid();

  @Test
  void theDeviceOfAPathIsThatOfItsFilesystem() throws Exception {
    assertEquals("/dev/disk/by-uuid/" + root, probe("--target=device", "/"));
    assertEquals("/dev/disk/by-uuid/" + boot, probe("--target=device", "/boot"));
    assertEquals("/dev/disk/by-uuid/" + boot, probe("-t", "device", "/boot/grub"));
    assertEquals("/dev/disk/by-uuid/" + root, probe("--target", "device", "/bootstrap"));
    assertEquals(
        "/dev/disk/by-uuid/" + layout.holding("/it's").uuid(), probe("-t", "device", "/it's/x"));
  }

  @Test
  void probingADeviceReturnsTheDataThatGrubNeedsToFindIt() throws Exception {
    String device = probe("--target=device", "/boot");

    assertEquals(boot, probe("--device", device, "--target=fs_uuid"));
    assertEquals("ext2", probe("--device", device, "--target=fs"));
    assertEquals("gpt", probe("--device", device, "--target=partmap"));
    assertEquals("hd0,gpt2", probe("--device", device, "--target=compatibility_hint"));
    assertEquals("(hd0,gpt2)", probe("-t", "drive", "/boot/grub/grub.cfg"));
    assertEquals(
        layout.with(Role.BOOT).orElseThrow().partUuid(), probe("-d", device, "-t", "partuuid"));
    assertEquals("", probe("--device", device, "--target=abstraction"));
    assertEquals("btrfs", probe("/usr/share/grub"));
  }

  @ParameterizedTest
  @CsvSource({
    "/boot/vmlinuz, /vmlinuz",
    "/boot, ''",
    "/bootx, /bootx",
    "/usr/share, /usr/share",
    "/, ''"
  })
  void aPathIsSeenFromTheTopOfItsFilesystem(String path, String expected) throws Exception {
    assertEquals(expected, run(GrubStubs.makeRelativePath(layout), path));
  }

  private String probe(String... arguments) throws Exception {
    return run(GrubStubs.probe(layout), arguments);
  }

  private static String run(String script, String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of("sh", "-c", script, "stub"));
    words.addAll(List.of(arguments));
    Process shell = new ProcessBuilder(words).redirectErrorStream(true).start();
    return new String(shell.getInputStream().readAllBytes()).strip();
  }
}
