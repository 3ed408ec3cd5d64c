/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.salt;

import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.apt.WritePreferences;
import org.bootstrapvz.common.packages.ForeignPackage;
import org.osgi.service.component.annotations.Component;

/** Installs the Salt minion. */
@Component
@PluginDefinition(
    name = "salt",
    description = "Installs the Salt minion with its master and grains")
public final class SaltPlugin implements Plugin {
  static final String SETTINGS = "plugins.salt";
  static final String PACKAGE = "salt-minion";

  private static final int BULLSEYE = 11;

  /** Returns the start of the wanted version; empty for any. A tag of git has a v in front. */
  static String version(Manifest manifest) {
    return manifest.at(SETTINGS).get("version").text("").replaceFirst("^v(?=\\d)", "");
  }

  @Override
  public void check(Manifest manifest, Problems problems) {
    ManifestValue settings = manifest.at(SETTINGS);
    ForeignPackage.check(manifest, problems, settings, PACKAGE, "salt", BULLSEYE);
    ManifestValue source = settings.get("install_source");
    if (!source.text().equals("stable")) {
      problems.warning(
          source,
          "The minion is installed from its package; \""
              + source.text()
              + "\" was a script that was downloaded and run as root",
          "Write stable, and name a repository with the wanted version in packages.sources");
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(AddSaltPackage.class).add(ConfigureSaltMinion.class);
    if (!version(manifest).isEmpty()) {
      tasks.add(WritePreferences.class);
    }
    if (manifest.at(SETTINGS).get("grains").exists()) {
      tasks.add(SetSaltGrains.class);
    }
  }
}
