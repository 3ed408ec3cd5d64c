/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.pip_install;

import java.util.Collection;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.plugin.pip.internal.PackageIndex;
import org.osgi.service.component.annotations.Component;

/** Installs Python packages with the pip of the release, without changing the system's own. */
@Component
@PluginDefinition(
    name = "pip_install",
    description = "Installs Python packages with pip, into a virtual environment from bookworm on")
public final class PipInstallPlugin implements Plugin {
  static final String SETTINGS = "plugins.pip_install";

  @Override
  public void check(Manifest manifest, Problems problems) {
    ManifestValue settings = manifest.at(SETTINGS);
    if (Python.of(manifest.release()) == Python.TWO) {
      problems.warning(
          settings,
          "The packages are installed for Python 2, which has had no updates since 2020",
          "Run bootstrap-vz migrate, which rewrites the manifest for a current release");
    }
    ManifestValue folder = settings.get("virtualenv");
    if (folder.exists() && Python.of(manifest.release()) != Python.THREE_PROTECTED) {
      problems.error(
          folder,
          "pip_install uses a virtual environment from bookworm on only",
          "Remove the key, or use the plugin pip3_install");
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(AddPipPackage.class).add(PipInstallCommand.class);
    if (PackageIndex.of(manifest, SETTINGS).isDirectory()) {
      tasks.add(CheckIndex.class);
    }
  }

  @Override
  public Collection<HostFile> hostFiles(Manifest manifest) {
    return PackageIndex.of(manifest, SETTINGS).hostFiles();
  }
}
