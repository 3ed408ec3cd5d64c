/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.systemd;

import java.io.IOException;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Installs and enables the units that other tasks provided. */
@Component
@TaskDefinition(
    description = "Installing systemd units",
    phase = Phase.SYSTEM_MODIFICATION,
    collects = SystemdUnit.class)
public final class InstallUnits implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    List<SystemdUnit> units = build.all(SystemdUnit.class);
    for (SystemdUnit unit : units) {
      build.root().write("etc/systemd/system/" + unit.name(), unit.content());
    }
    if (!units.isEmpty()) {
      build
          .root()
          .run(
              Command.of("systemctl", "enable")
                  .with(units.stream().map(SystemdUnit::name).toList()));
    }
  }
}
