/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.boot;

import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.kernel.KernelParameter;
import org.bootstrapvz.common.kernel.SetSerialConsole;
import org.osgi.service.component.annotations.Component;

/** Sets the kernel parameter that Google asks for. */
@Component
@TaskDefinition(
    description = "Setting the kernel parameters for Google Compute Engine",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = SetSerialConsole.class,
    provides = KernelParameter.class)
public final class ConfigureGrub implements Task {
  @Override
  public void run(Build build) {
    build.provide(KernelParameter.class, new KernelParameter("intel_iommu=off"));
  }
}
