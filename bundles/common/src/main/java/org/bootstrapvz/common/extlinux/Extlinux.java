/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.extlinux;

import java.util.List;
import org.bootstrapvz.api.extension.BootloaderDefinition;
import org.bootstrapvz.api.extension.BootloaderType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.api.volume.Firmware;
import org.bootstrapvz.common.kernel.SetSerialConsole;
import org.bootstrapvz.common.kernel.WriteCommandLine;
import org.bootstrapvz.volume.VolumeLayout;
import org.osgi.service.component.annotations.Component;

/** EXTLINUX, started by the BIOS of a PC. It reads block numbers of 32 bits. */
@Component
@BootloaderDefinition(
    name = "extlinux",
    description = "EXTLINUX, started by a BIOS",
    firmware = Firmware.BIOS,
    architectures = {"amd64", "i386"},
    mounted = true,
    unreadableFeatures = "64bit")
public final class Extlinux implements BootloaderType {
  /** The filesystems from which it can read a kernel in these images. */
  private static final List<String> READABLE = List.of("ext2", "ext3", "ext4");

  @Override
  public void check(Manifest manifest, Problems problems) {
    ManifestValue filesystem = VolumeLayout.kernelPartition(manifest).get("filesystem");
    if (!READABLE.contains(filesystem.text())) {
      problems.error(
          filesystem,
          "EXTLINUX cannot read a kernel from " + filesystem.text() + " here",
          "Choose ext2, ext3 or ext4, or add a boot partition with one of them");
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks
        .add(SetSerialConsole.class)
        .add(WriteCommandLine.class)
        .add(AddExtlinuxPackage.class)
        .add(ConfigureExtlinux.class)
        .add(InstallExtlinux.class);
  }
}
