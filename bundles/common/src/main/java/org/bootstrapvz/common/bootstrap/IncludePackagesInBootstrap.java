/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.bootstrap;

import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Includes {@code bootstrapper.include_packages} in the base system. */
@Component
@TaskDefinition(
    description = "Adding packages from the manifest to the base system",
    phase = Phase.PREPARATION,
    provides = BootstrapPackage.class)
public final class IncludePackagesInBootstrap implements Task {
  @Override
  public void run(Build build) {
    for (String name : build.manifest().at("bootstrapper.include_packages").texts()) {
      build.provide(BootstrapPackage.class, new BootstrapPackage(name, true));
    }
  }
}
