/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.puppet;

import java.util.Collection;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/** Installs the Puppet agent with its settings and modules, and applies a manifest of Puppet. */
@Component
@PluginDefinition(
    name = "puppet",
    description = "Installs Puppet with modules and settings, and applies a manifest of Puppet")
public final class PuppetPlugin implements Plugin {
  static final String SETTINGS = "plugins.puppet";

  @Override
  public void check(Manifest manifest, Problems problems) {
    for (PuppetModule module : PuppetModule.of(manifest)) {
      module.check(problems);
    }
    ManifestValue forge = manifest.at(SETTINGS).get("forge");
    if (forge.exists() && PuppetModule.of(manifest).stream().allMatch(PuppetModule::isLocal)) {
      problems.warning(
          forge,
          "No module is downloaded, so the address is not used",
          "Name a module of it in install_modules, or remove the key");
    }
  }

  @Override
  public Collection<HostFile> hostFiles(Manifest manifest) {
    return PuppetModule.of(manifest).stream()
        .filter(PuppetModule::isLocal)
        .map(module -> HostFile.of(manifest, module.name()))
        .toList();
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    ManifestValue settings = manifest.at(SETTINGS);
    tasks.add(InstallPuppetAgent.class);
    if (settings.get("assets").exists()) {
      tasks.add(CheckAssetsPath.class).add(CopyPuppetAssets.class);
    }
    if (settings.get("manifest").exists()) {
      tasks.add(CheckManifestPath.class).add(ApplyPuppetManifest.class);
    }
    if (settings.get("install_modules").exists()) {
      tasks.add(InstallModules.class);
      if (PuppetModule.of(manifest).stream().anyMatch(PuppetModule::isLocal)) {
        tasks.add(CheckModules.class);
      }
    }
    if (settings.get("enable_agent").isTrue(false)) {
      tasks.add(EnableAgent.class);
    }
  }
}
