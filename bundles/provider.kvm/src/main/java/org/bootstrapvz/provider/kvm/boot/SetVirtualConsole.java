/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.kvm.boot;

import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.kernel.KernelParameter;
import org.bootstrapvz.common.kernel.SetSerialConsole;
import org.osgi.service.component.annotations.Component;

/** Makes the virtual screen the system console, which is the last console on the command line. */
@Component
@TaskDefinition(
    description = "Setting the console to the first virtual terminal",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = SetSerialConsole.class,
    provides = KernelParameter.class)
public final class SetVirtualConsole implements Task {
  @Override
  public void run(Build build) {
    build.provide(KernelParameter.class, new KernelParameter("console=tty0"));
  }
}
