/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.filesystem;

import java.io.IOException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.bootstrap.Bootstrap;
import org.bootstrapvz.volume.Partition;
import org.bootstrapvz.volume.VolumeLayout;
import org.osgi.service.component.annotations.Component;

/**
 * Creates the mount points of partitions that are not in the base system, and sets their modes if
 * the manifest has one.
 */
@Component
@TaskDefinition(
    description = "Creating the mount points",
    phase = Phase.OS_INSTALLATION,
    predecessors = Bootstrap.class,
    requires = VolumeLayout.class)
public final class CreateMountPoints implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    for (Partition partition : build.require(VolumeLayout.class).mounted()) {
      String at = partition.mountPoint().orElseThrow();
      if (!build.root().exists(at)) {
        build.root().makeDirectory(at, 0755);
      }
      if (partition.mode().isPresent()) {
        build.root().chmod(at, partition.mode().getAsInt());
      }
    }
  }
}
