/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cloud;

import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.api.volume.Firmware;
import org.bootstrapvz.common.kernel.KernelParameter;
import org.bootstrapvz.common.kernel.SetSerialConsole;
import org.osgi.service.component.annotations.Component;

/**
 * Shows the messages of the kernel on the screen, too, and from the first on. The serial port stays
 * the system console, since it is the last console on the command line.
 */
@Component
@TaskDefinition(
    description = "Setting the consoles of a machine in a cloud",
    phase = Phase.SYSTEM_MODIFICATION,
    successors = SetSerialConsole.class,
    provides = KernelParameter.class)
public final class SetCloudConsole implements Task {
  @Override
  public void run(Build build) {
    build.provide(KernelParameter.class, new KernelParameter("console=tty0"));
    if (Firmware.hasBios(build.manifest().architecture())) {
      build.provide(KernelParameter.class, new KernelParameter("earlyprintk=ttyS0,115200"));
    }
    build.provide(KernelParameter.class, new KernelParameter("consoleblank=0"));
  }
}
