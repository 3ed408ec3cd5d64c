/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.boot;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.grub.GrubSetting;
import org.bootstrapvz.common.grub.RemoveGrubTimeout;
import org.bootstrapvz.common.kernel.KernelParameter;
import org.bootstrapvz.common.kernel.SetSerialConsole;
import org.osgi.service.component.annotations.Component;

/**
 * Sets the kernel parameters that Azure asks for, and a menu that its serial console can stop: one
 * second.
 */
@Component
@TaskDefinition(
    description = "Setting the kernel parameters for Azure",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = {RemoveGrubTimeout.class, SetSerialConsole.class},
    provides = {KernelParameter.class, GrubSetting.class})
public final class ConfigureGrub implements Task {
  /** Disks of Azure may not answer for some minutes while the host is being serviced. */
  private static final List<String> PARAMETERS =
      List.of("nvme_core.io_timeout=240", "nvme_core.admin_timeout=240");

  /** The port for first messages, and a driver that the machines of Azure do not support. */
  private static final List<String> ARM_PARAMETERS =
      List.of("earlycon=pl011,0xeffec000", "initcall_blacklist=arm_pmu_acpi_init");

  @Override
  public void run(Build build) {
    List<String> parameters = new ArrayList<>(PARAMETERS);
    if (build.manifest().architecture().equals("arm64")) {
      parameters.addAll(ARM_PARAMETERS);
    }
    parameters.forEach(text -> build.provide(KernelParameter.class, new KernelParameter(text)));
    build.provide(GrubSetting.class, new GrubSetting("GRUB_TIMEOUT", "1"));
    build.provide(GrubSetting.class, new GrubSetting("GRUB_TIMEOUT_STYLE", "countdown"));
  }
}
