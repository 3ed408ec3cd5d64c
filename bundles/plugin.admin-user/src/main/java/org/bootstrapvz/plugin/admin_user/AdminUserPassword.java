/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.admin_user;

import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.common.systemd.InstallUnits;
import org.osgi.service.component.annotations.Component;

/** Sets the user's password. */
@Component
@TaskDefinition(
    description = "Setting the password of the admin user",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = {CreateAdminUser.class, InstallUnits.class})
public final class AdminUserPassword implements Task {
  @Override
  public void run(Build build) throws BuildException {
    ManifestValue settings = build.manifest().at("plugins.admin_user");
    String line =
        settings.get("username").text() + ":" + settings.get("password").secret().reveal() + "\n";
    build.root().run(Command.of("chpasswd").input(Secret.of(line)));
  }
}
