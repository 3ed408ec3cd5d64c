/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.vagrant;

import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Creates the user for Vagrant's logins, with the well-known password. */
@Component
@TaskDefinition(description = "Creating the vagrant user", phase = Phase.SYSTEM_MODIFICATION)
public final class CreateVagrantUser implements Task {
  static final String USER = "vagrant";

  @Override
  public void run(Build build) throws BuildException {
    build.root().run(Command.of("useradd", "--create-home", "--shell", "/bin/bash", USER));
    build.root().run(Command.of("chpasswd").input(USER + ":vagrant\n"));
  }
}
