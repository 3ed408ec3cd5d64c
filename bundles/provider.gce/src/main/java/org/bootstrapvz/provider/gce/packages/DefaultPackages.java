/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.packages;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.cloud.CloudGuest;
import org.bootstrapvz.common.cloud.CloudImage;
import org.bootstrapvz.common.packages.AddManifestPackages;
import org.osgi.service.component.annotations.Component;

/**
 * Adds what an image for Google Compute Engine needs. Its users and their keys come by the agent of
 * Google, which the plugin google_cloud_repo keeps up to date.
 */
@Component
@TaskDefinition(
    description = "Adding the packages of an image for Google Compute Engine",
    phase = Phase.PREPARATION,
    successors = AddManifestPackages.class,
    provides = {PackageRequest.class, CloudGuest.class})
public final class DefaultPackages implements Task {
  private static final CloudGuest GUEST =
      new CloudGuest(
          List.of("GCE", "NoCloud", "None"), "debian", List.of("metadata.google.internal"));

  /** The first release with Google's agent under its present name. */
  private static final int BULLSEYE = 11;

  @Override
  public void run(Build build) {
    List<String> packages = new ArrayList<>(List.of("gdisk", "lsb-release", "uuid-runtime"));
    if (build.manifest().release().atLeast(BULLSEYE)) {
      packages.add("google-guest-agent");
      packages.add("google-compute-engine-oslogin");
    }
    CloudImage.requestPackages(build, packages);
    build.provide(CloudGuest.class, GUEST);
  }
}
