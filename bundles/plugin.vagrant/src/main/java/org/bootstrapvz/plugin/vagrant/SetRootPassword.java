/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.vagrant;

import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Sets the well-known password for root, unless the manifest sets another one. */
@Component
@TaskDefinition(
    description = "Setting the root password to vagrant",
    phase = Phase.SYSTEM_MODIFICATION,
    before = "org.bootstrapvz.plugin.root_password.SetRootPassword")
public final class SetRootPassword implements Task {
  @Override
  public void run(Build build) throws BuildException {
    build.root().run(Command.of("chpasswd").input("root:vagrant\n"));
  }
}
