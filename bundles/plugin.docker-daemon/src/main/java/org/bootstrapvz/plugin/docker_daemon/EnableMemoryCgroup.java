/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.docker_daemon;

import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.kernel.KernelParameter;
import org.osgi.service.component.annotations.Component;

/** Lets Docker limit the memory of containers, with any bootloader. */
@Component
@TaskDefinition(
    description = "Enabling the memory control group",
    phase = Phase.SYSTEM_MODIFICATION,
    provides = KernelParameter.class)
public final class EnableMemoryCgroup implements Task {
  @Override
  public void run(Build build) {
    build.provide(KernelParameter.class, new KernelParameter("cgroup_enable=memory"));
  }
}
