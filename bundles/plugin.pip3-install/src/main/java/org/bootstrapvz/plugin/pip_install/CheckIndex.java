/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.pip_install;

import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.plugin.pip.internal.PackageIndex;
import org.osgi.service.component.annotations.Component;

/** Checks that the directory with Python packages exists. */
@Component
@TaskDefinition(
    description = "Checking the directory of packages for pip",
    phase = Phase.VALIDATION)
public final class CheckIndex implements Task {
  @Override
  public void run(Build build) throws BuildException {
    PackageIndex.of(build.manifest(), PipInstallPlugin.SETTINGS).check();
  }
}
