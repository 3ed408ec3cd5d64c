/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.packages;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.api.volume.Firmware;
import org.bootstrapvz.common.cloud.CloudGuest;
import org.bootstrapvz.common.cloud.CloudImage;
import org.bootstrapvz.common.packages.AddManifestPackages;
import org.osgi.service.component.annotations.Component;

/**
 * Adds what an image for Azure needs: its agent, the programs that answer Hyper-V, and cloud-init,
 * which sets the machine up.
 */
@Component
@TaskDefinition(
    description = "Adding the packages of an image for Azure",
    phase = Phase.PREPARATION,
    successors = AddManifestPackages.class,
    provides = {PackageRequest.class, CloudGuest.class})
public final class DefaultPackages implements Task {
  private static final CloudGuest GUEST =
      new CloudGuest(List.of("Azure", "NoCloud", "None"), "debian", List.of());

  private static final int TRIXIE = 13;

  @Override
  public void run(Build build) {
    Manifest manifest = build.manifest();
    List<String> packages = new ArrayList<>(List.of("cloud-init", "waagent"));
    if (Firmware.hasBios(manifest.architecture())) {
      packages.add("hyperv-daemons");
    }
    if (manifest.release().atLeast(TRIXIE)) {
      packages.add("azure-vm-utils");
      packages.add("python3-passlib");
    }
    CloudImage.requestPackages(build, packages);
    build.provide(CloudGuest.class, GUEST);
  }
}
