/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.virtualbox.guest_additions;

import java.util.List;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.kernel.KernelPackages;
import org.osgi.service.component.annotations.Component;

/**
 * Adds the packages that the guest additions need to compile their modules, now and for later
 * kernels.
 */
@Component
@TaskDefinition(
    description = "Adding the packages the guest additions need",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddGuestAdditionsPackages implements Task {
  @Override
  public void run(Build build) {
    String headers = KernelPackages.headers(build.manifest());
    for (String name : List.of("bzip2", "build-essential", "dkms", headers)) {
      build.provide(PackageRequest.class, PackageRequest.of(name));
    }
  }
}
