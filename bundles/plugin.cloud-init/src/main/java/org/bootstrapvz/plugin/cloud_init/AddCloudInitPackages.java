/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.cloud_init;

import java.util.Optional;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AddBackports;
import org.osgi.service.component.annotations.Component;

/** Adds cloud-init, which for wheezy is only in the backports. */
@Component
@TaskDefinition(
    description = "Adding cloud-init and sudo",
    phase = Phase.PREPARATION,
    predecessors = AddBackports.class,
    provides = PackageRequest.class)
public final class AddCloudInitPackages implements Task {
  private static final int JESSIE = 8;

  @Override
  public void run(Build build) {
    Release release = build.manifest().release();
    build.provide(
        PackageRequest.class,
        release.atLeast(JESSIE)
            ? PackageRequest.of("cloud-init")
            : new PackageRequest("cloud-init", Optional.of(release.name() + "-backports")));
    build.provide(PackageRequest.class, PackageRequest.of("sudo"));
  }
}
