/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.google_cloud_repo;

import java.util.List;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AddManifestSources;
import org.osgi.service.component.annotations.Component;

/**
 * Adds the source and the packages of Google's agent, which creates users and sets keys, disks and
 * network as the metadata say. The package in Debian is of 2021.
 */
@Component
@TaskDefinition(
    description = "Adding Google's agent",
    phase = Phase.PREPARATION,
    predecessors = AddManifestSources.class,
    provides = {Source.class, PackageRequest.class})
public final class AddGuestEnvironment implements Task {
  @Override
  public void run(Build build) {
    build.provide(
        Source.class,
        GoogleArchive.suite(
            "google-compute-engine-" + build.manifest().release().codename() + "-stable"));
    for (String name : List.of("google-compute-engine", "google-osconfig-agent")) {
      build.provide(PackageRequest.class, PackageRequest.of(name));
    }
  }
}
