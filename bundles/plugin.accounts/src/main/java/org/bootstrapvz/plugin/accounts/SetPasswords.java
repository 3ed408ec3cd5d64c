/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.accounts;

import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.api.value.Secret;
import org.osgi.service.component.annotations.Component;

/** Sets the passwords of users. */
@Component
@TaskDefinition(
    description = "Setting the passwords of users",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = CreateUsers.class)
public final class SetPasswords implements Task {
  @Override
  public void run(Build build) throws BuildException {
    for (ManifestValue user : AccountsPlugin.users(build.manifest())) {
      Command chpasswd = Command.of("chpasswd");
      set(build, chpasswd, user, user.get("password"));
      set(build, chpasswd.with("--encrypted"), user, user.get("password-crypted"));
    }
  }

  private static void set(Build build, Command command, ManifestValue user, ManifestValue secret)
      throws BuildException {
    if (secret.exists()) {
      String line = user.get("name").text() + ":" + secret.secret().reveal() + "\n";
      build.root().run(command.input(Secret.of(line)));
    }
  }
}
