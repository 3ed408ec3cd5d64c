/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.packages;

import java.io.IOException;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.packages.InstallPackages;
import org.osgi.service.component.annotations.Component;

/**
 * Configures the agent of Azure. Debian's package leaves the set-up of the machine to cloud-init
 * and makes a swap file and a filesystem on the temporary disk.
 */
@Component
@TaskDefinition(
    description = "Configuring the agent of Azure",
    phase = Phase.PACKAGE_INSTALLATION,
    predecessors = InstallPackages.class)
public final class Waagent implements Task {
  private static final String CONFIGURATION = "etc/waagent.conf";

  @Override
  public void run(Build build) throws BuildException, IOException {
    ManifestValue file = build.manifest().at("provider.waagent.conf");
    if (!file.exists()) {
      return;
    }
    if (!build.root().isFile(CONFIGURATION)) {
      throw new BuildException(
          "The image has no /" + CONFIGURATION + ", which the package waagent brings");
    }
    build.root().copyIn(build.manifest().resolve(file), CONFIGURATION, 0644);
  }
}
