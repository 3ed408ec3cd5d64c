/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.development;

import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Fails after all other tasks. Only selected by plugins whose author wants to check that everything
 * is released.
 */
@Component
@TaskDefinition(description = "Failing on purpose", phase = Phase.CLEANING)
public final class FailOnPurpose implements Task {
  @Override
  public void run(Build build) throws BuildException {
    throw new BuildException("The task development.FailOnPurpose fails, as intended");
  }
}
