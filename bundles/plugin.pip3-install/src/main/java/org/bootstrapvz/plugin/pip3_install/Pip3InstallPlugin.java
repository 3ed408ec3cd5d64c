/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.pip3_install;

import java.util.Collection;
import java.util.List;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/** Installs Python packages with pip. */
@Component
@PluginDefinition(name = "pip3_install", description = "Installs Python packages with pip")
public final class Pip3InstallPlugin implements Plugin {
  static final String SETTINGS = "plugins.pip3_install";

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(AddPip3Package.class).add(Pip3InstallCommand.class);
    if (index(manifest.at(SETTINGS).get("index")) == IndexKind.FOLDER) {
      tasks.add(CheckIndex.class);
    }
  }

  @Override
  public Collection<HostFile> hostFiles(Manifest manifest) {
    ManifestValue index = manifest.at(SETTINGS).get("index");
    return index(index) == IndexKind.FOLDER ? List.of(HostFile.of(manifest, index)) : List.of();
  }

  /** The package sources in the manifest. */
  enum IndexKind {
    DEFAULT,
    ADDRESS,
    FOLDER
  }

  static IndexKind index(ManifestValue index) {
    if (!index.exists()) {
      return IndexKind.DEFAULT;
    }
    return index.text().contains("://") ? IndexKind.ADDRESS : IndexKind.FOLDER;
  }
}
