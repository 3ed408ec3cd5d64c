/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.grub;

import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.api.volume.Firmware;
import org.bootstrapvz.volume.EfiPlatform;
import org.osgi.service.component.annotations.Component;

/** Adds GRUB for the firmware of the image to its packages. */
@Component
@TaskDefinition(
    description = "Adding the GRUB packages",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddGrubPackage implements Task {
  @Override
  public void run(Build build) {
    Firmware firmware = build.manifest().firmware();
    if (firmware.bios()) {
      build.provide(PackageRequest.class, PackageRequest.of("grub-pc"));
    }
    if (firmware.uefi()) {
      // The two GRUBs conflict, except for their packages with the modules.
      String name = EfiPlatform.of(build.manifest()).debianPackage();
      build.provide(
          PackageRequest.class, PackageRequest.of(firmware.bios() ? name + "-bin" : name));
    }
  }
}
