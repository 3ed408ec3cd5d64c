/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.security;

import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Stores password hashes in a file that only root can read. */
@Component
@TaskDefinition(description = "Enabling shadow passwords", phase = Phase.SYSTEM_MODIFICATION)
public final class EnableShadowConfig implements Task {
  @Override
  public void run(Build build) throws BuildException {
    build.root().run(Command.of("shadowconfig", "on"));
  }
}
