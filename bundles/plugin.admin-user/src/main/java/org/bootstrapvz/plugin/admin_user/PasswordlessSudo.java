/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.admin_user;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Lets the user become root without a password. */
@Component
@TaskDefinition(
    description = "Allowing the admin user to use sudo without a password",
    phase = Phase.SYSTEM_MODIFICATION)
public final class PasswordlessSudo implements Task {
  @Override
  public void run(Build build) throws IOException {
    String name = build.manifest().at("plugins.admin_user.username").text();
    build.root().write("etc/sudoers.d/99_admin", name + " ALL=(ALL) NOPASSWD: ALL\n", 0440);
  }
}
