/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import org.bootstrapvz.common.grub.EmbedGrub;
import org.bootstrapvz.common.grub.InstallGrub;
import org.bootstrapvz.common.image.ConvertImage;
import org.bootstrapvz.common.image.MoveImage;
import org.bootstrapvz.common.kernel.WriteCommandLine;
import org.bootstrapvz.common.lvm.CreateLogicalVolume;
import org.bootstrapvz.common.partitioning.PartitionVolume;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeTasksTest {
  @Test
  void anUnpartitionedRawVolumeWithoutBootloaderNeedsTheFewestTasks() {
    TestTaskSet chosen =
        choose(
            new TestManifest()
                .with("volume.partitions.type", "none")
                .with("system.bootloader", "none")
                .withPartition("root", "1GiB", "ext4"));

    assertTrue(chosen.contains(MoveImage.class.getName()));
    for (Class<?> task : new Class<?>[] {PartitionVolume.class, ConvertImage.class}) {
      assertFalse(chosen.contains(task.getName()));
    }
    assertFalse(chosen.contains(InstallGrub.class.getName()));
    assertEquals("[debugfs (e2fsprogs), mke2fs (e2fsprogs)]", chosen.commands().toString());
  }

  @Test
  void onlyAnImageThatBootsFromABiosGetsBootCode() {
    TestManifest manifest =
        new TestManifest().with("system.firmware", "uefi").withPartition("root", "1GiB", "ext4");

    assertTrue(choose(manifest).contains(InstallGrub.class.getName()));
    assertFalse(choose(manifest).contains(EmbedGrub.class.getName()));
    assertTrue(
        choose(manifest.with("system.firmware", "hybrid")).contains(EmbedGrub.class.getName()));
  }

  @Test
  void onlyAnImageThatIsNotRawIsConverted() {
    TestManifest manifest = new TestManifest().withPartition("root", "1GiB", "ext4");

    assertFalse(choose(manifest).contains(ConvertImage.class.getName()));
    assertTrue(
        choose(manifest.with("volume.backing", "qcow2")).contains(ConvertImage.class.getName()));
  }

  @ParameterizedTest
  @CsvSource({
    "systemd-boot, systemdboot, 'AddKernelEntry AddSystemdBootPackage InstallSystemdBoot'",
    "uki, uki, 'AddUkiPackages InstallUki'",
    "extlinux, extlinux, 'AddExtlinuxPackage ConfigureExtlinux InstallExtlinux'",
    "none, kernel, 'CopyKernel MoveKernel SetSerialConsole WriteCommandLine'"
  })
  void eachBootloaderAddsItsTasks(String bootloader, String folder, String tasks) {
    TestManifest manifest = new TestManifest().with("system.bootloader", bootloader);

    TestTaskSet chosen = choose(manifest.withPartition("root", "2GiB", "ext4"));

    String prefix = "org.bootstrapvz.common." + folder + ".";
    assertEquals(
        tasks,
        chosen.ids().stream()
            .filter(id -> id.startsWith(prefix))
            .map(id -> id.substring(prefix.length()))
            .sorted()
            .collect(Collectors.joining(" ")));
    assertTrue(chosen.contains(WriteCommandLine.class.getName()), bootloader);
  }

  @ParameterizedTest
  @CsvSource({"ext4, grub, false", "xfs, grub, true", "ext4, extlinux, true"})
  void theNeedForAMountIsCheckedBeforeAnythingIsCreated(
      String filesystem, String bootloader, boolean checked) {
    TestManifest manifest = new TestManifest().with("system.bootloader", bootloader);

    TestTaskSet chosen = choose(manifest.withPartition("root", "2GiB", filesystem));

    assertEquals(checked, chosen.contains(CheckMountable.class.getName()));
  }

  @Test
  void aLogicalVolumeIsWrittenInsteadOfAFileMoved() {
    TestManifest manifest = new TestManifest().with("volume.backing", "lvm");

    TestTaskSet chosen = choose(manifest.withPartition("root", "2GiB", "ext4"));

    assertTrue(chosen.contains(CreateLogicalVolume.class.getName()));
    assertFalse(chosen.contains(MoveImage.class.getName()));
    assertFalse(chosen.contains(ConvertImage.class.getName()));
  }

  @Test
  void aFolderNeedsNeitherFilesystemsNorATable() {
    TestManifest manifest = new TestManifest().with("volume.backing", "folder");
    manifest.with("volume.partitions.type", "none").with("system.bootloader", "none");

    TestTaskSet chosen = choose(manifest.withPartition("root", "2GiB", "ext4"));

    assertEquals(
        "common.filesystem.CreateRoot common.filesystem.MountSpecials"
            + " common.filesystem.ReleaseRoot common.filesystem.UnmountRoot"
            + " common.folder.CopyFolder common.folder.MoveFolder common.folder.PlanFolder",
        chosen.ids().stream()
            .map(id -> id.replace("org.bootstrapvz.", ""))
            .sorted()
            .collect(Collectors.joining(" ")));
    assertEquals("[]", chosen.commands().toString());
  }

  private static TestTaskSet choose(TestManifest manifest) {
    TestTaskSet chosen = new TestTaskSet(manifest);
    VolumeTasks.addTo(chosen, manifest);
    return chosen;
  }
}
