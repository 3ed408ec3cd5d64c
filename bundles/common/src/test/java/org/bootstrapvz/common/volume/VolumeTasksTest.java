/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.grub.EmbedGrub;
import org.bootstrapvz.common.grub.InstallGrub;
import org.bootstrapvz.common.image.ConvertImage;
import org.bootstrapvz.common.image.MoveImage;
import org.bootstrapvz.common.kernel.WriteCommandLine;
import org.bootstrapvz.common.lvm.CreateLogicalVolume;
import org.bootstrapvz.common.partitioning.PartitionVolume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeTasksTest {
  @Test
  void an_unpartitioned_raw_volume_without_bootloader_needs_the_fewest_tasks() {
    Chosen chosen =
        choose(
            new MapManifest()
                .with("volume.partitions.type", "none")
                .with("system.bootloader", "none")
                .partition("root", "1GiB", "ext4"));

    assertTrue(chosen.contains(MoveImage.class.getName()));
    for (Class<?> task : new Class<?>[] {PartitionVolume.class, ConvertImage.class}) {
      assertFalse(chosen.contains(task.getName()));
    }
    assertFalse(chosen.contains(InstallGrub.class.getName()));
    assertEquals("[debugfs (e2fsprogs), mke2fs (e2fsprogs)]", chosen.commands.toString());
  }

  @Test
  void only_an_image_that_boots_from_a_bios_gets_boot_code() {
    MapManifest manifest =
        new MapManifest().with("system.firmware", "uefi").partition("root", "1GiB", "ext4");

    assertTrue(choose(manifest).contains(InstallGrub.class.getName()));
    assertFalse(choose(manifest).contains(EmbedGrub.class.getName()));
    assertTrue(
        choose(manifest.with("system.firmware", "hybrid")).contains(EmbedGrub.class.getName()));
  }

  @Test
  void only_an_image_that_is_not_raw_is_converted() {
    MapManifest manifest = new MapManifest().partition("root", "1GiB", "ext4");

    assertFalse(choose(manifest).contains(ConvertImage.class.getName()));
    assertTrue(
        choose(manifest.with("volume.backing", "qcow2")).contains(ConvertImage.class.getName()));
  }

  @ParameterizedTest
  @CsvSource({
    "systemd-boot, systemdboot, 'AddKernelEntry AddSystemdBootPackage InstallSystemdBoot'",
    "uki, uki, 'AddUkiPackages InstallUki'",
    "extlinux, extlinux, 'AddExtlinuxPackage ConfigureExtlinux InstallExtlinux'",
    "none, kernel, 'CopyKernel MoveKernel WriteCommandLine'",
    "pvgrub, grub, ''"
  })
  void each_bootloader_has_its_tasks(String bootloader, String folder, String tasks) {
    MapManifest manifest = new MapManifest().with("system.bootloader", bootloader);

    Chosen chosen = choose(manifest.partition("root", "2GiB", "ext4"));

    String prefix = "org.bootstrapvz.common." + folder + ".";
    assertEquals(
        tasks,
        chosen.ids().stream()
            .filter(id -> id.startsWith(prefix))
            .map(id -> id.substring(prefix.length()))
            .collect(Collectors.joining(" ")));
    assertEquals(!bootloader.equals("pvgrub"), chosen.contains(WriteCommandLine.class.getName()));
  }

  @ParameterizedTest
  @CsvSource({"ext4, grub, false", "xfs, grub, true", "ext4, extlinux, true"})
  void what_takes_a_mount_is_checked_before_anything_is_made(
      String filesystem, String bootloader, boolean checked) {
    MapManifest manifest = new MapManifest().with("system.bootloader", bootloader);

    Chosen chosen = choose(manifest.partition("root", "2GiB", filesystem));

    assertEquals(checked, chosen.contains(CheckMountable.class.getName()));
  }

  @Test
  void a_logical_volume_is_written_instead_of_a_file_moved() {
    MapManifest manifest = new MapManifest().with("volume.backing", "lvm");

    Chosen chosen = choose(manifest.partition("root", "2GiB", "ext4"));

    assertTrue(chosen.contains(CreateLogicalVolume.class.getName()));
    assertFalse(chosen.contains(MoveImage.class.getName()));
    assertFalse(chosen.contains(ConvertImage.class.getName()));
  }

  @Test
  void a_folder_needs_neither_filesystems_nor_a_table() {
    MapManifest manifest = new MapManifest().with("volume.backing", "folder");
    manifest.with("volume.partitions.type", "none").with("system.bootloader", "none");

    Chosen chosen = choose(manifest.partition("root", "2GiB", "ext4"));

    assertEquals(
        "common.filesystem.CreateMountDir common.filesystem.DeleteMountDir"
            + " common.filesystem.MountSpecials common.filesystem.UnmountRoot"
            + " common.folder.CopyFolder common.folder.Create common.folder.MoveFolder",
        chosen.ids().stream()
            .map(id -> id.replace("org.bootstrapvz.", ""))
            .collect(Collectors.joining(" ")));
    assertEquals("[]", chosen.commands.toString());
  }

  private static Chosen choose(MapManifest manifest) {
    Chosen chosen = new Chosen();
    VolumeTasks.addTo(chosen, manifest);
    return chosen;
  }

  private static final class Chosen implements TaskSet {
    private final Set<String> ids = new TreeSet<>();
    private final Set<HostCommand> commands = new TreeSet<>();

    @Override
    public TaskSet add(String id) {
      ids.add(id);
      return this;
    }

    @Override
    public TaskSet discard(String id) {
      ids.remove(id);
      return this;
    }

    @Override
    public boolean contains(String id) {
      return ids.contains(id);
    }

    @Override
    public Collection<String> ids() {
      return ids;
    }

    @Override
    public TaskSet requireCommand(HostCommand command) {
      commands.add(command);
      return this;
    }
  }
}
