/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.settings;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AptUpdate;
import org.osgi.service.component.annotations.Component;

/** Removes the list of kernels that apt must keep: a container has none. */
@Component
@TaskDefinition(
    description = "Removing apt's list of kernels to keep",
    phase = Phase.PACKAGE_INSTALLATION,
    successors = AptUpdate.class)
public final class AutoRemoveKernel implements Task {
  @Override
  public void run(Build build) throws IOException {
    build.root().delete("etc/apt/apt.conf.d/01autoremove-kernels");
  }
}
