/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cloud;

import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.kernel.KernelParameter;
import org.bootstrapvz.common.kernel.SetSerialConsole;
import org.osgi.service.component.annotations.Component;

/**
 * Makes the first serial port the system console on ARM machines whose port is that of a PC. It
 * replaces {@link SetSerialConsole}.
 */
@Component
@TaskDefinition(
    description = "Setting the console to the first serial port of a PC",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = {SetCloudConsole.class, SetSerialConsole.class},
    provides = KernelParameter.class)
public final class SetPcSerialConsole implements Task {
  @Override
  public void run(Build build) {
    build.provide(KernelParameter.class, new KernelParameter("console=ttyS0,115200n8"));
  }
}
