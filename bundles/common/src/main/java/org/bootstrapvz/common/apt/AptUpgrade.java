/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.internal.apt.AptGet;
import org.osgi.service.component.annotations.Component;

/** Upgrades the base system, unless it was installed from the very same package lists. */
@Component
@TaskDefinition(
    description = "Upgrading packages and fixing broken dependencies",
    phase = Phase.PACKAGE_INSTALLATION,
    predecessors = {AptUpdate.class, DisableDaemonAutostart.class},
    requires = PackageLists.class)
public final class AptUpgrade implements Task {
  @Override
  public void run(Build build) throws BuildException {
    if (build.require(PackageLists.class).unchanged()) {
      build.log("The base system was installed from these package lists: nothing to upgrade");
      return;
    }
    Command aptGet = AptGet.command(build::progress);
    build.root().run(aptGet.with("--fix-broken", "install"));
    build.root().run(aptGet.with("upgrade"));
  }
}
