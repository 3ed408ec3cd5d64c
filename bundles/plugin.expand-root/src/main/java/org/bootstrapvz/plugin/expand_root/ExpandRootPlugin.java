/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.expand_root;

import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.systemd.AddExpandRoot;
import org.bootstrapvz.common.systemd.AddGrowpartPackage;
import org.bootstrapvz.common.systemd.InstallUnits;
import org.bootstrapvz.common.systemd.RootGrowth;
import org.osgi.service.component.annotations.Component;

/**
 * Makes the root filesystem grow with its disk at every boot. The root device is determined at
 * boot; the settings only have the expectation of the manifest's author.
 */
@Component
@PluginDefinition(
    name = "expand_root",
    description = "Grows the root filesystem to the size of its disk at boot")
public final class ExpandRootPlugin implements Plugin {
  @Override
  public void check(Manifest manifest, Problems problems) {
    ManifestValue expected = manifest.at("plugins.expand_root.filesystem_type");
    ManifestValue actual = manifest.at("volume.partitions.root.filesystem");
    if (expected.exists() && !expected.text().equals(actual.text(expected.text()))) {
      problems.error(
          expected,
          "The root filesystem is "
              + actual.text()
              + " (volume.partitions.root.filesystem), not "
              + expected.text(),
          "Write " + actual.text() + ", or omit it: it is detected at boot");
    }
    RootGrowth.check(manifest, manifest.at("plugins.expand_root"), problems);
    if (manifest.at("volume.backing").text("").equals("folder")) {
      problems.error(
          manifest.at("plugins.expand_root"),
          "A directory has no disk to grow on",
          "Remove the plugin expand_root");
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(AddGrowpartPackage.class).add(AddExpandRoot.class).add(InstallUnits.class);
  }
}
