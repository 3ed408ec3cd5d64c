/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.grub;

import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Makes GRUB write to the firmware's console, in text mode. */
@Component
@TaskDefinition(
    description = "Setting GRUB's terminal to the firmware's console",
    phase = Phase.SYSTEM_MODIFICATION,
    provides = GrubSetting.class)
public final class SetGrubTerminalToConsole implements Task {
  @Override
  public void run(Build build) {
    build.provide(GrubSetting.class, new GrubSetting("GRUB_TERMINAL", "console"));
  }
}
