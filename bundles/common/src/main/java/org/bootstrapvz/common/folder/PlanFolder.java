/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.folder;

import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.volume.VolumeLayout;
import org.osgi.service.component.annotations.Component;

/** Plans a volume without a disk: one partition that represents the directory. */
@Component
@TaskDefinition(
    description = "Planning the directory",
    phase = Phase.VOLUME_CREATION,
    provides = VolumeLayout.class)
public final class PlanFolder implements Task {
  @Override
  public void run(Build build) {
    build.provide(VolumeLayout.class, VolumeLayout.of(build.manifest()));
  }
}
