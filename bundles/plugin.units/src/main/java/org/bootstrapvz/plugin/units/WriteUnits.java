/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.units;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Writes units and drop-ins. */
@Component
@TaskDefinition(
    description = "Installing systemd units of the manifest",
    phase = Phase.USER_MODIFICATION)
public final class WriteUnits implements Task {
  private static final int MODE = 0644;

  @Override
  public void run(Build build) throws IOException {
    for (UnitFile unit : UnitFile.of(build.manifest())) {
      build.root().write(unit.path(), unit.text(build.manifest()), MODE);
    }
  }
}
