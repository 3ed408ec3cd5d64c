/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Makes the first serial port the system console, with a login. */
@Component
@TaskDefinition(
    description = "Setting the console to the first serial port",
    phase = Phase.SYSTEM_MODIFICATION,
    provides = KernelParameter.class)
public final class SetSerialConsole implements Task {
  @Override
  public void run(Build build) {
    String port = build.manifest().architecture().equals("arm64") ? "ttyAMA0" : "ttyS0";
    build.provide(KernelParameter.class, new KernelParameter("console=" + port + ",115200n8"));
  }
}
