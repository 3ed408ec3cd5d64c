/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.google_cloud_repo;

import java.io.IOException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Removes the key that was valid for all sources, if the package of Google's keyring has brought
 * one. The file that sources name stays.
 */
@Component
@TaskDefinition(
    description = "Removing the key that Google's archive was first trusted with",
    phase = Phase.SYSTEM_CLEANING)
public final class CleanupBootstrapRepoKey implements Task {
  @Override
  public void run(Build build) throws IOException {
    Root root = build.root();
    if (!root.exists(GoogleArchive.TRUSTED_KEY)) {
      return;
    }
    boolean replaced =
        root.list(GoogleArchive.TRUSTED_KEYS).stream()
            .anyMatch(
                name ->
                    name.startsWith("google-cloud")
                        && !GoogleArchive.TRUSTED_KEY.endsWith("/" + name));
    if (replaced) {
      root.delete(GoogleArchive.TRUSTED_KEY);
    } else {
      build.warn(
          "The package google-cloud-packages-archive-keyring brought no key into /"
              + GoogleArchive.TRUSTED_KEYS
              + ", so /"
              + GoogleArchive.TRUSTED_KEY
              + " stays: sources that name no key need it");
    }
  }
}
