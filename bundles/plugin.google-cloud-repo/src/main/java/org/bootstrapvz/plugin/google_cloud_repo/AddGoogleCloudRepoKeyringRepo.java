/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.google_cloud_repo;

import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AddManifestSources;
import org.osgi.service.component.annotations.Component;

/** Adds the source of the package with Google's current keys. */
@Component
@TaskDefinition(
    description = "Adding the archive of Google's keyring",
    phase = Phase.PREPARATION,
    predecessors = AddManifestSources.class,
    provides = Source.class)
public final class AddGoogleCloudRepoKeyringRepo implements Task {
  @Override
  public void run(Build build) {
    build.provide(
        Source.class,
        GoogleArchive.suite(
            "google-cloud-packages-archive-keyring-" + build.manifest().release().codename()));
  }
}
