/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.bootstrap;

import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Excludes {@code bootstrapper.exclude_packages} from the base system. */
@Component
@TaskDefinition(
    description = "Excluding packages from the base system",
    phase = Phase.PREPARATION,
    provides = BootstrapPackage.class)
public final class ExcludePackagesInBootstrap implements Task {
  @Override
  public void run(Build build) {
    for (String name : build.manifest().at("bootstrapper.exclude_packages").texts()) {
      build.provide(BootstrapPackage.class, new BootstrapPackage(name, false));
    }
  }
}
