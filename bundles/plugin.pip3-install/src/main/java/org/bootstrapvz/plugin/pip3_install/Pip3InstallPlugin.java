/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.pip3_install;

import java.util.Collection;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.plugin.pip.internal.PackageIndex;
import org.osgi.service.component.annotations.Component;

/** Installs Python packages with pip. */
@Component
@PluginDefinition(name = "pip3_install", description = "Installs Python packages with pip")
public final class Pip3InstallPlugin implements Plugin {
  static final String SETTINGS = "plugins.pip3_install";

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(AddPip3Package.class).add(Pip3InstallCommand.class);
    if (PackageIndex.of(manifest, SETTINGS).isDirectory()) {
      tasks.add(CheckIndex.class);
    }
  }

  @Override
  public Collection<HostFile> hostFiles(Manifest manifest) {
    return PackageIndex.of(manifest, SETTINGS).hostFiles();
  }
}
