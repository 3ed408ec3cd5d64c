/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.pip3_install;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Checks that the directory with Python packages exists. */
@Component
@TaskDefinition(description = "Checking the directory of Python packages", phase = Phase.VALIDATION)
public final class CheckIndex implements Task {
  @Override
  public void run(Build build) throws BuildException {
    ManifestValue index = build.manifest().at(Pip3InstallPlugin.SETTINGS).get("index");
    Path folder = build.manifest().resolve(index);
    if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
      throw new BuildException(
          index.location()
              + ": "
              + index.path()
              + ": no such directory: "
              + folder
              + ". If it is a URL, it must start with https://");
    }
  }
}
