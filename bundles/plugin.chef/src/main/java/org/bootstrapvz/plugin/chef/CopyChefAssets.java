/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.chef;

import java.io.IOException;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.files.TreeCopy;
import org.osgi.service.component.annotations.Component;

/** Merges the settings of the manifest into those of the package. */
@Component
@TaskDefinition(description = "Copying the settings of Chef", phase = Phase.SYSTEM_MODIFICATION)
public final class CopyChefAssets implements Task {
  private static final String TARGET = "etc/chef";

  @Override
  public void run(Build build) throws BuildException, IOException {
    ManifestValue assets = build.manifest().at(ChefPlugin.SETTINGS).get("assets");
    if (!build.root().exists(TARGET)) {
      build.root().makeDirectory(TARGET, 0755);
    }
    TreeCopy.into(build.root(), build.manifest().resolve(assets), TARGET);
  }
}
