/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cleanup;

import java.io.IOException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Empties the machine id; systemd generates one at the first boot, so that each machine has its
 * own.
 */
@Component
@TaskDefinition(description = "Clearing the machine id", phase = Phase.SYSTEM_CLEANING)
public final class ClearMachineId implements Task {
  @Override
  public void run(Build build) throws IOException {
    Root root = build.root();
    root.write("etc/machine-id", "", 0444);
    if (root.exists("var/lib/dbus")) {
      root.symlink("var/lib/dbus/machine-id", "/etc/machine-id");
    }
  }
}
