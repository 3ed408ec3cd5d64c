/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.pip3_install;

import java.io.IOException;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.plugin.pip.internal.Pip;
import org.osgi.service.component.annotations.Component;

/** Runs pip in the image, for the whole system or in a virtual environment. */
@Component
@TaskDefinition(description = "Installing Python packages", phase = Phase.SYSTEM_MODIFICATION)
public final class Pip3InstallCommand implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    ManifestValue folder = build.manifest().at(Pip3InstallPlugin.SETTINGS).get("virtualenv");
    String pip = folder.exists() ? Pip.virtualEnvironment(build, folder.text()) : "pip3";
    Pip.install(build, Pip3InstallPlugin.SETTINGS, pip);
  }
}
