/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.grub;

import java.util.stream.Collectors;
import org.bootstrapvz.api.extension.BootloaderDefinition;
import org.bootstrapvz.api.extension.BootloaderType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.api.volume.Firmware;
import org.bootstrapvz.common.kernel.SetSerialConsole;
import org.bootstrapvz.volume.VolumeLayout;
import org.osgi.service.component.annotations.Component;

/** GRUB, started by a BIOS, by UEFI or by both. */
@Component
@BootloaderDefinition(
    name = "grub",
    description = "GRUB, started by a BIOS, by UEFI or by both",
    firmware = {Firmware.BIOS, Firmware.UEFI},
    partitionTable = true,
    embedded = true)
public final class Grub implements BootloaderType {
  @Override
  public void check(Manifest manifest, Problems problems) {
    ManifestValue kernel = VolumeLayout.kernelPartition(manifest);
    if (manifest.filesystem(kernel).grubModule().isEmpty()) {
      String readable =
          manifest.volumeTypes().filesystems().stream()
              .filter(filesystem -> !filesystem.grubModule().isEmpty())
              .map(Filesystem::name)
              .collect(Collectors.joining(", "));
      problems.error(
          kernel.get("filesystem"),
          "GRUB cannot read a kernel from " + kernel.get("filesystem").text(),
          "Choose one of " + readable + ", or add a boot partition with one of them");
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks
        .add(AddGrubPackage.class)
        .add(AddGrubUpdates.class)
        .add(SetGrubTerminalToConsole.class)
        .add(SetSerialConsole.class)
        .add(RemoveGrubTimeout.class)
        .add(DisableGrubRecovery.class)
        .add(WriteGrubConfig.class)
        .add(InstallGrub.class)
        .add(UpdateGrub.class);
    if (manifest.firmware().bios()) {
      tasks.add(EmbedGrub.class);
    }
  }
}
