/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.chef;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Checks that the settings of Chef are a directory. */
@Component
@TaskDefinition(description = "Checking the settings of Chef", phase = Phase.VALIDATION)
public final class CheckAssetsPath implements Task {
  @Override
  public void run(Build build) throws BuildException {
    ManifestValue assets = build.manifest().at(ChefPlugin.SETTINGS).get("assets");
    Path folder = build.manifest().resolve(assets);
    if (!Files.isDirectory(folder)) {
      throw new BuildException(
          assets.location()
              + ": "
              + assets.path()
              + ": "
              + folder
              + " is not a directory. Name the directory whose content belongs into /etc/chef");
    }
  }
}
