/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.volume;

import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.filesystem.AddFilesystemPackages;
import org.bootstrapvz.common.filesystem.CreateMountDir;
import org.bootstrapvz.common.filesystem.CreateMountPoints;
import org.bootstrapvz.common.filesystem.DeleteMountDir;
import org.bootstrapvz.common.filesystem.FStab;
import org.bootstrapvz.common.filesystem.Format;
import org.bootstrapvz.common.filesystem.MountSpecials;
import org.bootstrapvz.common.filesystem.UnmountRoot;
import org.bootstrapvz.common.grub.AddGrubPackage;
import org.bootstrapvz.common.grub.DisableGrubRecovery;
import org.bootstrapvz.common.grub.EmbedGrub;
import org.bootstrapvz.common.grub.InstallGrub;
import org.bootstrapvz.common.grub.RemoveGrubTimeout;
import org.bootstrapvz.common.grub.SetGrubConsolOutputDeviceToSerial;
import org.bootstrapvz.common.grub.SetGrubTerminalToConsole;
import org.bootstrapvz.common.grub.UpdateGrub;
import org.bootstrapvz.common.grub.WriteGrubConfig;
import org.bootstrapvz.common.image.ConvertImage;
import org.bootstrapvz.common.image.MoveImage;
import org.bootstrapvz.common.partitioning.PartitionVolume;
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
        .add(Create.class)
        .add(AddFilesystemPackages.class)
        .add(CreateMountDir.class)
        .add(CreateMountPoints.class)
        .add(MountSpecials.class)
        .add(FStab.class)
        .add(UnmountRoot.class)
        .add(Format.class)
        .add(DeleteMountDir.class)
        .add(MoveImage.class);
    if (TableType.of(manifest) != TableType.NONE) {
      tasks.add(PartitionVolume.class);
    }
    if (ImageFormat.of(manifest) != ImageFormat.RAW) {
      tasks.add(ConvertImage.class);
    }
    if (manifest.at("system.bootloader").text().equals("grub")) {
      addGrub(tasks, manifest);
    }
  }

  private static void addGrub(TaskSet tasks, Manifest manifest) {
    tasks
        .add(AddGrubPackage.class)
        .add(SetGrubTerminalToConsole.class)
        .add(SetGrubConsolOutputDeviceToSerial.class)
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
