/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cleanup;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Empties the image's message of the day. */
@Component
@TaskDefinition(description = "Clearing the MOTD", phase = Phase.SYSTEM_CLEANING)
public final class ClearMOTD implements Task {
  @Override
  public void run(Build build) throws IOException {
    build.root().write("etc/motd", "");
  }
}
