/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.filesystem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.UUID;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.volume.VolumeLayout;
import org.junit.jupiter.api.Test;

class FStabTest {
  @Test
  void everyFilesystemIsMountedByItsUuidWithItsOptionsAfterItsParents() {
    TestManifest manifest = new TestManifest().with("system.firmware", "uefi");
    manifest
        .withPartition("root", "1GiB", "ext4")
        .with("volume.partitions.root.mountopts", List.of("noatime", "errors=remount-ro"))
        .withPartition("var/tmp", "1GiB", "ext4")
        .withPartition("var", "1GiB", "btrfs")
        .withPartition("boot", "256MiB", "ext2")
        .with("volume.partitions.swap.size", "128MiB");
    int[] count = {0};

    String text = FStab.text(VolumeLayout.of(manifest, () -> new UUID(0, ++count[0])));

    assertEquals(
        """
        UUID=00000000-0000-0000-0000-000000000009 / ext4 noatime,errors=remount-ro 0 1
        UUID=00000000-0000-0000-0000-000000000005 /boot ext2 defaults 0 2
        UUID=00000000-0000-0000-0000-00000000000d /var btrfs defaults 0 0
        UUID=0000-0003 /boot/efi vfat umask=0077 0 2
        UUID=00000000-0000-0000-0000-00000000000b /var/tmp ext4 defaults 0 2
        UUID=00000000-0000-0000-0000-000000000007 none swap sw 0 0
        """,
        text);
  }
}
