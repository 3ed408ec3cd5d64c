/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.unattended_upgrades;

import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/** Installs security updates automatically. */
@Component
@PluginDefinition(
    name = "unattended_upgrades",
    description = "Installs security updates automatically")
public final class UnattendedUpgradesPlugin implements Plugin {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(AddUnattendedUpgradesPackage.class).add(EnablePeriodicUpgrades.class);
  }
}
