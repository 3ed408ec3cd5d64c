/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.systemdboot;

import org.bootstrapvz.api.extension.BootloaderDefinition;
import org.bootstrapvz.api.extension.BootloaderType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.api.volume.Firmware;
import org.bootstrapvz.common.kernel.SetSerialConsole;
import org.bootstrapvz.common.kernel.WriteCommandLine;
import org.osgi.service.component.annotations.Component;

/** systemd-boot, started by UEFI. */
@Component
@BootloaderDefinition(
    name = "systemd-boot",
    description = "systemd-boot, started by UEFI",
    firmware = Firmware.UEFI,
    architectures = {"amd64", "arm64", "i386"},
    partitionTable = true,
    kernelOnEsp = true)
public final class SystemdBoot implements BootloaderType {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks
        .add(SetSerialConsole.class)
        .add(WriteCommandLine.class)
        .add(AddSystemdBootPackage.class)
        .add(InstallSystemdBoot.class)
        .add(AddKernelEntry.class);
  }
}
