/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.file_copy;

import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/** Copies files and directories from the host into the image, and writes files of the manifest. */
@Component
@PluginDefinition(
    name = "file_copy",
    description = "Copies files and directories from the host into the image")
public final class FileCopyPlugin implements Plugin {
  static final String SETTINGS = "plugins.file_copy";

  @Override
  public void check(Manifest manifest, Problems problems) {
    for (ManifestValue entry : manifest.at(SETTINGS).get("files").items()) {
      ManifestValue content = entry.get("content");
      if (entry.get("src").exists() && content.exists()) {
        problems.error(content, "The file has a src, too", "Remove one of src and content");
      } else if (!entry.get("src").exists() && !content.exists()) {
        problems.error(
            entry,
            "The key `src` is missing",
            "Add it, or write the content of the file as the value of content");
      }
      if (content.exists() && expands(entry)) {
        try {
          manifest.expand(content.text());
        } catch (IllegalArgumentException e) {
          problems.error(content, String.valueOf(e.getMessage()), "");
        }
      }
    }
  }

  /** Whether the manifest variables in a file are expanded. */
  static boolean expands(ManifestValue entry) {
    return entry.get("expand").isTrue(false);
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    if (manifest.at(SETTINGS).get("mkdirs").exists()) {
      tasks.add(MkdirCommand.class);
    }
    if (manifest.at(SETTINGS).get("trees").exists()) {
      tasks.add(ValidateFiles.class).add(CopyTrees.class);
    }
    if (manifest.at(SETTINGS).get("files").exists()) {
      tasks.add(ValidateFiles.class).add(FileCopyCommand.class);
    }
  }
}
