/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.settings;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AptUpdate;
import org.osgi.service.component.annotations.Component;

/** Indicates to programs, and to the scripts of packages, that this is a container. */
@Component
@TaskDefinition(
    description = "Marking the system as a container",
    phase = Phase.PACKAGE_INSTALLATION,
    successors = AptUpdate.class)
public final class SystemdContainer implements Task {
  @Override
  public void run(Build build) throws IOException {
    build.root().write("run/systemd/container", "docker");
  }
}
