/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.chef;

import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.packages.ForeignPackage;
import org.osgi.service.component.annotations.Component;

/** Installs Chef with its settings. */
@Component
@PluginDefinition(name = "chef", description = "Installs Chef with its settings")
public final class ChefPlugin implements Plugin {
  static final String SETTINGS = "plugins.chef";

  private static final int BULLSEYE = 11;

  /** Returns the name of the package, such as that of another distribution of Chef. */
  static String packageName(Manifest manifest) {
    return manifest.at(SETTINGS).get("package").text("chef");
  }

  @Override
  public void check(Manifest manifest, Problems problems) {
    ManifestValue settings = manifest.at(SETTINGS);
    ForeignPackage.check(manifest, problems, settings, packageName(manifest), "chef", BULLSEYE);
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(AddPackages.class).add(CheckAssetsPath.class).add(CopyChefAssets.class);
  }
}
