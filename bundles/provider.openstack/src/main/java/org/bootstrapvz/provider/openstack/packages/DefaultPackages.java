/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.packages;

import java.util.List;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.cloud.CloudGuest;
import org.bootstrapvz.common.cloud.CloudImage;
import org.bootstrapvz.common.packages.AddManifestPackages;
import org.osgi.service.component.annotations.Component;

/** Adds what an image for OpenStack needs: cloud-init, and the agent that the hypervisor asks. */
@Component
@TaskDefinition(
    description = "Adding the packages of an image for OpenStack",
    phase = Phase.PREPARATION,
    successors = AddManifestPackages.class,
    provides = {PackageRequest.class, CloudGuest.class})
public final class DefaultPackages implements Task {
  private static final CloudGuest GUEST =
      new CloudGuest(
          List.of("OpenStack", "ConfigDrive", "Ec2", "NoCloud", "None"), "debian", List.of());

  @Override
  public void run(Build build) {
    CloudImage.requestPackages(build, List.of("cloud-init", "qemu-guest-agent"));
    build.provide(CloudGuest.class, GUEST);
  }
}
