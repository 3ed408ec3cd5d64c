/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.vagrant;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Lets the user vagrant become root without a password. */
@Component
@TaskDefinition(
    description = "Allowing the vagrant user to use sudo without a password",
    phase = Phase.SYSTEM_MODIFICATION)
public final class PasswordlessSudo implements Task {
  @Override
  public void run(Build build) throws IOException {
    build
        .root()
        .write(
            "etc/sudoers.d/vagrant", CreateVagrantUser.USER + " ALL=(ALL) NOPASSWD: ALL\n", 0440);
  }
}
