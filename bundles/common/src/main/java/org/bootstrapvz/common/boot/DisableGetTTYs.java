/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.boot;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Disables logins on virtual terminals, which nobody can see. The serial console keeps its login.
 */
@Component
@TaskDefinition(description = "Disabling getty processes", phase = Phase.SYSTEM_MODIFICATION)
public final class DisableGetTTYs implements Task {
  @Override
  public void run(Build build) throws IOException {
    build
        .root()
        .write(
            "etc/systemd/logind.conf.d/no-virtual-terminals.conf",
            "[Login]\nNAutoVTs=0\nReserveVT=0\n");
    build.root().delete("etc/systemd/system/getty.target.wants/getty@tty1.service");
  }
}
