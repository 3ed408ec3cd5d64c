/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.file_copy;

import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/** Copies files and directories from the host into the image. */
@Component
@PluginDefinition(
    name = "file_copy",
    description = "Copies files and directories from the host into the image")
public final class FileCopyPlugin implements Plugin {
  static final String SETTINGS = "plugins.file_copy";

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    if (manifest.at(SETTINGS).get("mkdirs").exists()) {
      tasks.add(MkdirCommand.class);
    }
    if (manifest.at(SETTINGS).get("files").exists()) {
      tasks.add(ValidateFiles.class).add(FileCopyCommand.class);
    }
  }
}
