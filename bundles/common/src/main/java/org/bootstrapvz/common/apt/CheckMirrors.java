/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.ReleaseFile.AbsentException;
import org.osgi.service.component.annotations.Component;

/**
 * Requests the required suite from each mirror with apt's own downloader, so that a wrong address
 * is reported clearly and before anything is installed.
 */
@Component
@TaskDefinition(
    description = "Checking that the mirrors answer",
    phase = Phase.PREPARATION,
    requires = BootstrapSource.class)
public final class CheckMirrors implements Task {
  @Override
  public void run(Build build) throws BuildException {
    if (!ReleaseFile.canBeRequested()) {
      return;
    }
    for (BootstrapSource each : build.all(BootstrapSource.class)) {
      Source source = each.source();
      try {
        ReleaseFile.of(build, source.uri(), source.suite());
      } catch (AbsentException e) {
        throw FindRelease.absent(build, source.uri(), source.suite(), e);
      }
    }
  }
}
