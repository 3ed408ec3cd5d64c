/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.partitioning;

import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.volume.ImageFile;
import org.bootstrapvz.volume.PartitionTable;
import org.bootstrapvz.volume.VolumeLayout;
import org.osgi.service.component.annotations.Component;

/** Writes the partition table into the volume's file. */
@Component
@TaskDefinition(
    description = "Partitioning the volume",
    phase = Phase.VOLUME_PREPARATION,
    requires = {VolumeLayout.class, ImageFile.class},
    commands = "sfdisk (fdisk)")
public final class PartitionVolume implements Task {
  @Override
  public void run(Build build) throws BuildException {
    PartitionTable.write(
        build.require(VolumeLayout.class), build.require(ImageFile.class), build.sandbox());
  }
}
