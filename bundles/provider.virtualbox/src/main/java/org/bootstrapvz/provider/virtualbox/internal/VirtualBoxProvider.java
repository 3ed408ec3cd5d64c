/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.virtualbox.internal;

import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.extension.ProviderDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.StandardTasks;
import org.bootstrapvz.common.image.ConvertToStreamOptimized;
import org.bootstrapvz.common.kernel.AddKernelAndInit;
import org.bootstrapvz.common.kernel.KernelFlavour;
import org.bootstrapvz.common.packages.AddTimeSynchronization;
import org.bootstrapvz.provider.virtualbox.boot.AddVirtualConsoleGrubOutputDevice;
import org.bootstrapvz.provider.virtualbox.guest_additions.AddGuestAdditionsPackages;
import org.bootstrapvz.provider.virtualbox.guest_additions.CheckGuestAdditionsPath;
import org.bootstrapvz.provider.virtualbox.guest_additions.InstallGuestAdditions;
import org.bootstrapvz.provider.virtualbox.ova.PackageOva;
import org.osgi.service.component.annotations.Component;

/** Disks for VirtualBox, and machines to import into it. */
@Component
@ProviderDefinition(
    name = "virtualbox",
    description = "Disk images and importable machines for VirtualBox")
public final class VirtualBoxProvider implements Provider {
  @Override
  public void check(Manifest manifest, Problems problems) {
    StandardTasks.check(manifest, problems);
    ManifestValue backing = manifest.at("volume.backing");
    if (backing.text().equals("raw")) {
      problems.warning(
          backing,
          "VirtualBox cannot use a raw image before VBoxManage convertfromraw changed it",
          "Write vmdk or vdi");
    }
    if (KernelFlavour.of(manifest) == KernelFlavour.CLOUD) {
      problems.error(
          manifest.at("system.kernel"),
          "The cloud kernel has no driver for VirtualBox's disk controller (AHCI)",
          "Write generic");
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    StandardTasks.addTo(tasks, manifest);
    if (AddTimeSynchronization.isWanted(manifest)) {
      tasks.add(AddTimeSynchronization.class);
    }
    tasks.add(AddKernelAndInit.class).add(AddVirtualConsoleGrubOutputDevice.class);
    if (manifest.at("provider.guest_additions").exists()) {
      tasks
          .add(CheckGuestAdditionsPath.class)
          .add(AddGuestAdditionsPackages.class)
          .add(InstallGuestAdditions.class);
    }
    if (manifest.at("provider.ova").isTrue(false)) {
      tasks.add(ConvertToStreamOptimized.class).add(PackageOva.class);
    }
  }
}
