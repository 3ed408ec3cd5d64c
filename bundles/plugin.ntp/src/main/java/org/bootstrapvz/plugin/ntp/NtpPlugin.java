/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.ntp;

import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/** Synchronises the clock. */
@Component
@PluginDefinition(name = "ntp", description = "Synchronizes the clock with time servers")
public final class NtpPlugin implements Plugin {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(AddNtpPackage.class);
    if (manifest.at("plugins.ntp.servers").exists()) {
      tasks.add(SetNtpServers.class);
    }
  }
}
