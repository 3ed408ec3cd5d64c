/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.uki;

import org.bootstrapvz.api.extension.BootloaderDefinition;
import org.bootstrapvz.api.extension.BootloaderType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.api.volume.Firmware;
import org.bootstrapvz.common.kernel.SetSerialConsole;
import org.bootstrapvz.common.kernel.WriteCommandLine;
import org.osgi.service.component.annotations.Component;

/**
 * No separate bootloader: the kernel with its initramfs and its command line as one UEFI program.
 */
@Component
@BootloaderDefinition(
    name = "uki",
    description = "A unified kernel image, started by UEFI",
    firmware = Firmware.UEFI,
    architectures = {"amd64", "arm64", "i386"},
    partitionTable = true,
    kernelOnEsp = true)
public final class UnifiedKernelImage implements BootloaderType {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks
        .add(SetSerialConsole.class)
        .add(WriteCommandLine.class)
        .add(AddUkiPackages.class)
        .add(InstallUki.class);
  }
}
