/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.unattended_upgrades;

import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Adds the package that installs updates. */
@Component
@TaskDefinition(
    description = "Adding the unattended-upgrades package",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddUnattendedUpgradesPackage implements Task {
  @Override
  public void run(Build build) {
    build.provide(PackageRequest.class, PackageRequest.of("unattended-upgrades"));
  }
}
