/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.google_cloud_repo;

import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.packages.AddManifestPackages;
import org.osgi.service.component.annotations.Component;

/** Adds the package with Google's current keys. */
@Component
@TaskDefinition(
    description = "Adding the package of Google's keyring",
    phase = Phase.PREPARATION,
    successors = AddManifestPackages.class,
    provides = PackageRequest.class)
public final class InstallGoogleCloudRepoKeyringPackage implements Task {
  @Override
  public void run(Build build) {
    build.provide(PackageRequest.class, PackageRequest.of("google-cloud-packages-archive-keyring"));
  }
}
