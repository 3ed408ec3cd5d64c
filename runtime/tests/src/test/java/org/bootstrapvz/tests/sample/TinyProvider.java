/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import java.net.URL;
import java.util.List;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;

/** A provider that creates real volumes of empty roots, so that a build takes a second. */
public final class TinyProvider implements Provider {
  private static final String COMMON = "org.bootstrapvz.common.";
  static final List<String> TASKS =
      List.of(
          "workspace.CreateWorkspace",
          "volume.CreateVolume",
          "partitioning.PartitionVolume",
          "filesystem.CreateRoot",
          "filesystem.CreateMountPoints",
          "filesystem.UnmountRoot",
          "filesystem.Format",
          "filesystem.ReleaseRoot");

  @Override
  public URL schema() {
    return null;
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    TASKS.forEach(task -> tasks.add(COMMON + task));
    tasks.add(Hold.class);
    tasks.addVolume();
  }
}
