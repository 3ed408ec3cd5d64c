/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.filesystem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemPackagesTest {
  @TempDir Path folder;

  @Test
  void everyFilesystemEvenThatOfAnExtraPartitionHasItsToolsInTheImage() throws Exception {
    TestManifest manifest =
        new TestManifest()
            .with("system.firmware", "uefi")
            .withPartition("root", "1GiB", "ext4")
            .withPartition("boot", "500MiB", "ext2")
            .withPartition("srv", "1GiB", "xfs")
            .withPartition("var/lib", "1GiB", "btrfs");
    TestBuild build = new TestBuild(manifest, folder);

    new AddFilesystemPackages().run(build);

    assertEquals(
        List.of("btrfs-progs", "dosfstools", "e2fsprogs", "xfsprogs"),
        build.all(PackageRequest.class).stream().map(PackageRequest::name).sorted().toList());
  }
}
