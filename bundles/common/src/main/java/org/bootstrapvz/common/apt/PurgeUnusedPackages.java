/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Removes packages that were installed as dependencies of others and are no longer needed. */
@Component
@TaskDefinition(description = "Removing unused packages", phase = Phase.SYSTEM_CLEANING)
public final class PurgeUnusedPackages implements Task {
  @Override
  public void run(Build build) throws BuildException {
    build.root().run(Command.of("apt-get", "autoremove", "--purge", "--yes"));
  }
}
