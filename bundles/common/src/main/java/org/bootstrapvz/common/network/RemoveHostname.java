/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.network;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.Bootstrapped;
import org.osgi.service.component.annotations.Component;

/**
 * Removes the name of the build host, so that the image gets its name from the environment in which
 * it runs.
 */
@Component
@TaskDefinition(
    description = "Removing the hostname file",
    phase = Phase.OS_INSTALLATION,
    requires = Bootstrapped.class)
public final class RemoveHostname implements Task {
  @Override
  public void run(Build build) throws IOException {
    build.root().delete("etc/hostname");
  }
}
