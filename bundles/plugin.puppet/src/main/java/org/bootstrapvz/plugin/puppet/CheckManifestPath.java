/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.puppet;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Checks that the manifest of Puppet is a file. */
@Component
@TaskDefinition(
    description = "Checking the manifest of Puppet",
    phase = Phase.VALIDATION,
    predecessors = CheckAssetsPath.class)
public final class CheckManifestPath implements Task {
  @Override
  public void run(Build build) throws BuildException {
    ManifestValue setting = build.manifest().at(PuppetPlugin.SETTINGS).get("manifest");
    Path file = build.manifest().resolve(setting);
    if (!Files.isRegularFile(file)) {
      throw new BuildException(
          setting.location()
              + ": "
              + setting.path()
              + ": "
              + file
              + " is not a file. Name a manifest of Puppet, usually *.pp");
    }
  }
}
