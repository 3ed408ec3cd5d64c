/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.commands;

import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/** Runs commands of the host on the finished root. */
@Component
@PluginDefinition(
    name = "commands",
    description = "Runs commands of the host on the root of the image")
public final class CommandsPlugin implements Plugin {
  @Override
  public void check(Manifest manifest, Problems problems) {
    for (ManifestValue command : manifest.at("plugins.commands.commands").items()) {
      for (ManifestValue part : command.items()) {
        try {
          ImageExecuteCommand.expand(manifest, part.text(), "/");
        } catch (IllegalArgumentException e) {
          problems.error(part, String.valueOf(e.getMessage()), "");
        }
      }
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(ImageExecuteCommand.class);
  }
}
