/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.virtualbox.boot;

import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.kernel.KernelParameter;
import org.bootstrapvz.common.kernel.SetSerialConsole;
import org.osgi.service.component.annotations.Component;

/**
 * Makes the screen a system console in addition to the serial port, which a VirtualBox machine may
 * lack.
 */
@Component
@TaskDefinition(
    description = "Adding the screen as a console",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = SetSerialConsole.class,
    provides = KernelParameter.class)
public final class AddVirtualConsoleGrubOutputDevice implements Task {
  @Override
  public void run(Build build) {
    build.provide(KernelParameter.class, new KernelParameter("console=tty0"));
  }
}
