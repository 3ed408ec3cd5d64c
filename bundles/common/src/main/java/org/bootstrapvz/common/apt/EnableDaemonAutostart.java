/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Allows packages to start their services again; runs after the last package was changed. */
@Component
@TaskDefinition(
    description = "Re-enabling daemon autostart",
    phase = Phase.SYSTEM_CLEANING,
    predecessors = PurgeUnusedPackages.class)
public final class EnableDaemonAutostart implements Task {
  @Override
  public void run(Build build) throws IOException {
    build.root().delete(DisableDaemonAutostart.POLICY);
  }
}
