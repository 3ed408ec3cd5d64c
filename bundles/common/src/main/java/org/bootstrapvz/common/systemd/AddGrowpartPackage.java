/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.systemd;

import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Adds the packages that {@link AddExpandRoot} needs in the image: growpart, and the tool it calls.
 */
@Component
@TaskDefinition(
    description = "Adding the packages that grow a partition",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddGrowpartPackage implements Task {
  @Override
  public void run(Build build) {
    build.provide(PackageRequest.class, PackageRequest.of("cloud-guest-utils"));
    build.provide(PackageRequest.class, PackageRequest.of("fdisk"));
  }
}
