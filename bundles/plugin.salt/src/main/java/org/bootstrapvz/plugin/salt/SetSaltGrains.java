/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.salt;

import java.io.IOException;
import java.util.Map;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Sets grains, by which the master selects minions. */
@Component
@TaskDefinition(
    description = "Setting the grains of the Salt minion",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = ConfigureSaltMinion.class)
public final class SetSaltGrains implements Task {
  @Override
  public void run(Build build) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, ManifestValue> grain :
        build.manifest().at(SaltPlugin.SETTINGS).get("grains").entries().entrySet()) {
      lines
          .append(Yaml.quoted(grain.getKey()))
          .append(": ")
          .append(Yaml.quoted(grain.getValue().text()))
          .append('\n');
    }
    build.root().append("etc/salt/grains", lines.toString());
  }
}
