/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.volume;

import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.extlinux.AddExtlinuxPackage;
import org.bootstrapvz.common.extlinux.ConfigureExtlinux;
import org.bootstrapvz.common.extlinux.InstallExtlinux;
import org.bootstrapvz.common.filesystem.AddFilesystemPackages;
import org.bootstrapvz.common.filesystem.CreateMountPoints;
import org.bootstrapvz.common.filesystem.CreateRoot;
import org.bootstrapvz.common.filesystem.FStab;
import org.bootstrapvz.common.filesystem.Format;
import org.bootstrapvz.common.filesystem.MountSpecials;
import org.bootstrapvz.common.filesystem.ReleaseRoot;
import org.bootstrapvz.common.filesystem.UnmountRoot;
import org.bootstrapvz.common.folder.CopyFolder;
import org.bootstrapvz.common.folder.MoveFolder;
import org.bootstrapvz.common.grub.AddGrubPackage;
import org.bootstrapvz.common.grub.DisableGrubRecovery;
import org.bootstrapvz.common.grub.EmbedGrub;
import org.bootstrapvz.common.grub.InstallGrub;
import org.bootstrapvz.common.grub.RemoveGrubTimeout;
import org.bootstrapvz.common.grub.SetGrubTerminalToConsole;
import org.bootstrapvz.common.grub.UpdateGrub;
import org.bootstrapvz.common.grub.WriteGrubConfig;
import org.bootstrapvz.common.image.ConvertImage;
import org.bootstrapvz.common.image.MoveImage;
import org.bootstrapvz.common.kernel.CopyKernel;
import org.bootstrapvz.common.kernel.MoveKernel;
import org.bootstrapvz.common.kernel.SetSerialConsole;
import org.bootstrapvz.common.kernel.WriteCommandLine;
import org.bootstrapvz.common.lvm.CreateLogicalVolume;
import org.bootstrapvz.common.partitioning.PartitionVolume;
import org.bootstrapvz.common.systemdboot.AddKernelEntry;
import org.bootstrapvz.common.systemdboot.AddSystemdBootPackage;
import org.bootstrapvz.common.systemdboot.InstallSystemdBoot;
import org.bootstrapvz.common.uki.AddUkiPackages;
import org.bootstrapvz.common.uki.InstallUki;
import org.bootstrapvz.volume.Bootloader;
import org.bootstrapvz.volume.Firmware;
import org.bootstrapvz.volume.ImageFormat;
import org.bootstrapvz.volume.TableType;
import org.bootstrapvz.volume.VolumeLayout;

/** The tasks that make a volume, its filesystems, its bootloader and its image file. */
public final class VolumeTasks {
  private VolumeTasks() {}

  /** Adds those a manifest needs. */
  public static void addTo(TaskSet tasks, Manifest manifest) {
    VolumeLayout.hostCommands(manifest).forEach(tasks::requireCommand);
    tasks
        .add(CreateRoot.class)
        .add(MountSpecials.class)
        .add(UnmountRoot.class)
        .add(ReleaseRoot.class);
    if (ImageFormat.of(manifest) == ImageFormat.FOLDER) {
      tasks
          .add(org.bootstrapvz.common.folder.PlanFolder.class)
          .add(CopyFolder.class)
          .add(MoveFolder.class);
      return;
    }
    tasks
        .add(CreateVolume.class)
        .add(AddFilesystemPackages.class)
        .add(CreateMountPoints.class)
        .add(FStab.class)
        .add(Format.class);
    if (TableType.of(manifest) != TableType.NONE) {
      tasks.add(PartitionVolume.class);
    }
    if (VolumeLayout.needsMount(manifest)) {
      tasks.add(CheckMountable.class);
    }
    addDelivery(tasks, ImageFormat.of(manifest));
    addBootloader(tasks, manifest);
  }

  private static void addDelivery(TaskSet tasks, ImageFormat format) {
    if (format == ImageFormat.LVM) {
      tasks.add(CreateLogicalVolume.class);
      return;
    }
    if (format.isConverted()) {
      tasks.add(ConvertImage.class);
    }
    tasks.add(MoveImage.class);
  }

  private static void addBootloader(TaskSet tasks, Manifest manifest) {
    switch (Bootloader.of(manifest)) {
      case GRUB -> addGrub(tasks, manifest);
      case SYSTEMD_BOOT ->
          addOther(tasks)
              .add(AddSystemdBootPackage.class)
              .add(InstallSystemdBoot.class)
              .add(AddKernelEntry.class);
      case UKI -> addOther(tasks).add(AddUkiPackages.class).add(InstallUki.class);
      case EXTLINUX ->
          addOther(tasks)
              .add(AddExtlinuxPackage.class)
              .add(ConfigureExtlinux.class)
              .add(InstallExtlinux.class);
      case NONE -> addOther(tasks).add(CopyKernel.class).add(MoveKernel.class);
      case PVGRUB -> {
        // Providers whose hosts have it add what it reads.
      }
    }
  }

  private static TaskSet addOther(TaskSet tasks) {
    return tasks.add(SetSerialConsole.class).add(WriteCommandLine.class);
  }

  private static void addGrub(TaskSet tasks, Manifest manifest) {
    tasks
        .add(AddGrubPackage.class)
        .add(SetGrubTerminalToConsole.class)
        .add(SetSerialConsole.class)
        .add(RemoveGrubTimeout.class)
        .add(DisableGrubRecovery.class)
        .add(WriteGrubConfig.class)
        .add(InstallGrub.class)
        .add(UpdateGrub.class);
    if (Firmware.of(manifest).bios()) {
      tasks.add(EmbedGrub.class);
    }
  }
}
