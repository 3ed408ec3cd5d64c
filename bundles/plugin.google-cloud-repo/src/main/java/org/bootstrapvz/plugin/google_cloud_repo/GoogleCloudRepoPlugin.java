/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.google_cloud_repo;

import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/** Makes apt trust the archive of Google's packages, and installs Google's agent from it. */
@Component
@PluginDefinition(
    name = "google_cloud_repo",
    description = "Adds the archive of Google's packages for its cloud")
public final class GoogleCloudRepoPlugin implements Plugin {
  private static final int TRIXIE = 13;

  @Override
  public void check(Manifest manifest, Problems problems) {
    if (manifest.release().atLeast(TRIXIE)) {
      for (ManifestValue line : GoogleArchive.withoutKey(manifest)) {
        problems.warning(
            line,
            "The source does not name its key, so the key of Google is valid for all sources",
            "Write deb [signed-by=/" + GoogleArchive.KEY + "] ...");
      }
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    ManifestValue settings = manifest.at("plugins.google_cloud_repo");
    tasks.add(AddGoogleCloudRepoKey.class);
    if (!settings.get("key").exists()) {
      tasks.requireCommand(HostCommand.parse("curl (curl)"));
    }
    if (settings.get("enable_keyring_repo").isTrue(false)) {
      tasks
          .add(AddGoogleCloudRepoKeyringRepo.class)
          .add(InstallGoogleCloudRepoKeyringPackage.class);
      if (settings.get("cleanup_bootstrap_key").isTrue(false)) {
        tasks.add(CleanupBootstrapRepoKey.class);
      }
    }
    if (settings.get("guest_environment").isTrue(false)) {
      tasks.add(AddGuestEnvironment.class);
    }
  }
}
