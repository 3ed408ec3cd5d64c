/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.volume;

import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.filesystem.AddFilesystemPackages;
import org.bootstrapvz.common.filesystem.CreateMountPoints;
import org.bootstrapvz.common.filesystem.CreateRoot;
import org.bootstrapvz.common.filesystem.FStab;
import org.bootstrapvz.common.filesystem.Format;
import org.bootstrapvz.common.filesystem.MountSpecials;
import org.bootstrapvz.common.filesystem.ReleaseRoot;
import org.bootstrapvz.common.filesystem.UnmountRoot;
import org.bootstrapvz.common.partitioning.PartitionVolume;
import org.bootstrapvz.volume.TableType;
import org.bootstrapvz.volume.VolumeLayout;

/**
 * The tasks that create the root, the volume and its filesystems. Bootloader, image format and
 * filesystems add their own.
 */
public final class VolumeTasks {
  private VolumeTasks() {}

  /** Adds the tasks that a manifest needs. */
  public static void addTo(TaskSet tasks, Manifest manifest) {
    VolumeLayout.hostCommands(manifest).forEach(tasks::requireCommand);
    tasks
        .add(CreateRoot.class)
        .add(MountSpecials.class)
        .add(UnmountRoot.class)
        .add(ReleaseRoot.class);
    if (manifest.imageFormat().isDisk()) {
      addDisk(tasks, manifest);
    }
    tasks.addVolume();
  }

  private static void addDisk(TaskSet tasks, Manifest manifest) {
    tasks
        .add(CreateVolume.class)
        .add(AddFilesystemPackages.class)
        .add(CreateMountPoints.class)
        .add(FStab.class)
        .add(Format.class);
    if (TableType.of(manifest) != TableType.NONE) {
      tasks.add(PartitionVolume.class);
    }
    if (VolumeLayout.needsMount(manifest)) {
      tasks.add(CheckMountable.class);
    }
  }
}
