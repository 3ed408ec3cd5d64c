/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.chef;

import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Adds the package of Chef. */
@Component
@TaskDefinition(
    description = "Adding the package of Chef",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddPackages implements Task {
  @Override
  public void run(Build build) {
    build.provide(
        PackageRequest.class, PackageRequest.of(ChefPlugin.packageName(build.manifest())));
  }
}
