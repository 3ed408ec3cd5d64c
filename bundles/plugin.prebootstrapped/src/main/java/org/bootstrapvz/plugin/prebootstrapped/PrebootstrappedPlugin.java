/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.prebootstrapped;

import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.apt.ValidateCredentials;
import org.bootstrapvz.common.bootstrap.Bootstrap;
import org.bootstrapvz.common.bootstrap.MakeTarball;
import org.osgi.service.component.annotations.Component;

/**
 * Stores a copy of the root after all packages are installed, or starts from such a copy, which
 * saves most of the time while one develops later steps.
 */
@Component
@PluginDefinition(
    name = "prebootstrapped",
    description = "Saves a copy of the installed root for later builds, or starts from one")
public final class PrebootstrappedPlugin implements Plugin {
  static final String SETTINGS = "plugins.prebootstrapped";

  @Override
  public void check(Manifest manifest, Problems problems) {
    ManifestValue snapshot = manifest.at(SETTINGS).get("snapshot");
    if (snapshot.exists()) {
      problems.error(
          snapshot,
          "Builds no longer start from EC2 snapshots: they do not run on EC2",
          "Omit it for one build, then set image to the archive that it created");
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    ManifestValue settings = manifest.at(SETTINGS);
    boolean image = settings.get("image").exists();
    if (image || settings.get("folder").exists()) {
      tasks
          .add(CheckCopy.class)
          .add(image ? CreateFromImage.class : CreateFromFolder.class)
          .discard(Bootstrap.class)
          .discard(MakeTarball.class)
          .discard(ValidateCredentials.class)
          // The tasks whose results are in the copy.
          .discard(CopyImage.GUEST_ADDITIONS)
          .discard("org.bootstrapvz.plugin.minimize_size.dpkg.FilterBaseSystem");
    } else if (manifest.at("volume.backing").text("").equals("folder")) {
      tasks.add(CopyFolder.class);
    } else {
      tasks.add(CopyImage.class);
    }
  }
}
