/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Adds the packages that compile kernel modules in the image. */
@Component
@TaskDefinition(
    description = "Adding DKMS and kernel header packages",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddDKMSPackages implements Task {
  @Override
  public void run(Build build) {
    build.provide(PackageRequest.class, PackageRequest.of("dkms"));
    build.provide(
        PackageRequest.class, PackageRequest.of(KernelPackages.headers(build.manifest())));
  }
}
