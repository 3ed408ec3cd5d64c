/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.locale;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Writes the name of the time zone. */
@Component
@TaskDefinition(description = "Setting the selected timezone", phase = Phase.SYSTEM_MODIFICATION)
public final class SetTimezone implements Task {
  @Override
  public void run(Build build) throws IOException {
    build.root().write("etc/timezone", build.manifest().at("system.timezone").text() + "\n");
  }
}
