/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.packages;

import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AptUpgrade;
import org.bootstrapvz.common.bootstrap.BootstrapPackage;
import org.osgi.service.component.annotations.Component;

/**
 * Adds the packages of tasksel's task "standard", as tasksel itself defines it: by priority.
 * Packages that the manifest excludes are left out.
 */
@Component
@TaskDefinition(
    description = "Adding standard packages from tasksel",
    phase = Phase.PACKAGE_INSTALLATION,
    predecessors = AptUpgrade.class,
    collects = BootstrapPackage.class,
    provides = PackageRequest.class)
public final class AddTaskselStandardPackages implements Task {
  @Override
  public void run(Build build) throws BuildException {
    StandardPriority standard = new StandardPriority();
    // Tens of megabytes, which neither the memory nor the log should hold.
    build.root().run(Command.of("apt-cache", "dumpavail").lines(standard::line));
    for (String name : standard.names()) {
      if (!build.all(BootstrapPackage.class).contains(new BootstrapPackage(name, false))) {
        build.provide(PackageRequest.class, PackageRequest.of(name));
      }
    }
  }
}
