/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.puppet;

import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Lets the agent start with the machine; its package leaves it disabled. */
@Component
@TaskDefinition(description = "Enabling the Puppet agent", phase = Phase.SYSTEM_MODIFICATION)
public final class EnableAgent implements Task {
  @Override
  public void run(Build build) throws BuildException {
    build.root().run(Command.of("systemctl", "enable", "puppet.service"));
  }
}
