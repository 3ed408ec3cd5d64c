/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.filesystem;

import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.volume.VolumeLayout;
import org.osgi.service.component.annotations.Component;

/** Adds the tools for the filesystems of the image to its packages. */
@Component
@TaskDefinition(
    description = "Adding packages for the filesystems",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddFilesystemPackages implements Task {
  @Override
  public void run(Build build) {
    VolumeLayout.of(build.manifest()).mounted().stream()
        .map(partition -> partition.filesystem().orElseThrow().debianPackage())
        .filter(name -> !name.isEmpty())
        .distinct()
        .forEach(name -> build.provide(PackageRequest.class, PackageRequest.of(name)));
  }
}
