/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.grub;

import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Makes GRUB boot without a delay. */
@Component
@TaskDefinition(
    description = "Setting GRUB's menu timeout to 0",
    phase = Phase.SYSTEM_MODIFICATION,
    provides = GrubSetting.class)
public final class RemoveGrubTimeout implements Task {
  @Override
  public void run(Build build) {
    build.provide(GrubSetting.class, new GrubSetting("GRUB_TIMEOUT", "0"));
    build.provide(GrubSetting.class, new GrubSetting("GRUB_TIMEOUT_STYLE", "hidden"));
  }
}
