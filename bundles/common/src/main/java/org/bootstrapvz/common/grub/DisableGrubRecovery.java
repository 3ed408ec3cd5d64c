/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.grub;

import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Removes the recovery entries from the menu of GRUB. */
@Component
@TaskDefinition(
    description = "Disabling GRUB's recovery entries",
    phase = Phase.SYSTEM_MODIFICATION,
    provides = GrubSetting.class)
public final class DisableGrubRecovery implements Task {
  @Override
  public void run(Build build) {
    build.provide(GrubSetting.class, GrubSetting.of("GRUB_DISABLE_RECOVERY", true));
  }
}
