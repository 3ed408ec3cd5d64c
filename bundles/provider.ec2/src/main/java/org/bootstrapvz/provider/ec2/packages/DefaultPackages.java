/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.packages;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.cloud.CloudGuest;
import org.bootstrapvz.common.cloud.CloudImage;
import org.bootstrapvz.common.packages.AddManifestPackages;
import org.osgi.service.component.annotations.Component;

/** Adds what an image for EC2 needs: names for its disks, its command line tool, and cloud-init. */
@Component
@TaskDefinition(
    description = "Adding the packages of an image for EC2",
    phase = Phase.PREPARATION,
    successors = AddManifestPackages.class,
    provides = {PackageRequest.class, CloudGuest.class})
public final class DefaultPackages implements Task {
  private static final CloudGuest GUEST =
      new CloudGuest(
          List.of("Ec2", "NoCloud", "None"), "admin", List.of("169.254.169.123", "fd00:ec2::123"));

  /** The first release with names for the disks of EC2. */
  private static final int BULLSEYE = 11;

  /** Whether cloud-init installs the key of the instance and runs its user data. */
  public static boolean usesCloudInit(Manifest manifest) {
    return manifest.at("provider.install_init_scripts").isTrue(true);
  }

  @Override
  public void run(Build build) {
    List<String> packages = new ArrayList<>(List.of("file"));
    if (build.manifest().release().atLeast(BULLSEYE)) {
      packages.add("amazon-ec2-utils");
      packages.add("awscli");
    }
    if (usesCloudInit(build.manifest())) {
      packages.add("cloud-init");
    }
    CloudImage.requestPackages(build, packages);
    build.provide(CloudGuest.class, GUEST);
  }
}
