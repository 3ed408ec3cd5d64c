/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.boot;

import org.bootstrapvz.api.extension.BootloaderDefinition;
import org.bootstrapvz.api.extension.BootloaderType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.api.volume.Firmware;
import org.bootstrapvz.common.grub.AddGrubPackage;
import org.bootstrapvz.common.grub.DisableGrubRecovery;
import org.bootstrapvz.common.grub.RemoveGrubTimeout;
import org.bootstrapvz.common.grub.SetGrubTerminalToConsole;
import org.bootstrapvz.common.grub.WriteGrubConfig;
import org.bootstrapvz.common.kernel.SetSerialConsole;
import org.osgi.service.component.annotations.Component;

/**
 * GRUB outside of a paravirtual machine, which reads the menu in the image. It is known so that
 * manifests of such images can be read and planned; no cloud starts them any more.
 */
@Component
@BootloaderDefinition(
    name = "pvgrub",
    description = "GRUB outside of a paravirtual machine of EC2; no longer offered",
    firmware = Firmware.BIOS,
    architectures = {"amd64", "i386"})
public final class PvGrub implements BootloaderType {
  @Override
  public void check(Manifest manifest, Problems problems) {
    if (!manifest.at("provider.virtualization").text("").equals("pvm")) {
      problems.error(
          manifest.at("system.bootloader"),
          "pvgrub starts only paravirtual machines of EC2, which are no longer offered",
          "Write grub");
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks
        .add(AddGrubPackage.class)
        .add(SetGrubTerminalToConsole.class)
        .add(SetSerialConsole.class)
        .add(RemoveGrubTimeout.class)
        .add(DisableGrubRecovery.class)
        .add(WriteGrubConfig.class);
  }
}
