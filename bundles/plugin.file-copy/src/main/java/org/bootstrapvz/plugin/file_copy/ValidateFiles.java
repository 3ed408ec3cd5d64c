/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.file_copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Checks that the files to copy exist and can be read. */
@Component
@TaskDefinition(description = "Checking the files to copy", phase = Phase.VALIDATION)
public final class ValidateFiles implements Task {
  @Override
  public void run(Build build) throws BuildException {
    List<String> wrong = new ArrayList<>();
    ManifestValue settings = build.manifest().at(FileCopyPlugin.SETTINGS);
    for (ManifestValue entry : settings.get("files").items()) {
      if (entry.get("src").exists()) {
        String problem = problem(build.manifest(), entry);
        if (!problem.isEmpty()) {
          wrong.add(at(entry.get("src")) + problem);
        }
      }
    }
    for (ManifestValue entry : settings.get("trees").items()) {
      Path directory = build.manifest().resolve(entry.get("src"));
      if (!Files.isDirectory(directory)) {
        wrong.add(at(entry.get("src")) + "there is no directory " + directory);
      }
    }
    if (!wrong.isEmpty()) {
      throw new BuildException(String.join("\n", wrong));
    }
  }

  private static String problem(Manifest manifest, ManifestValue entry) {
    Path file = manifest.resolve(entry.get("src"));
    if (!Files.exists(file)) {
      return "there is no " + file;
    }
    if (!Files.isReadable(file)) {
      return file + " cannot be read";
    }
    if (!FileCopyPlugin.expands(entry)) {
      return "";
    }
    if (Files.isDirectory(file)) {
      return file + " is a directory. Variables are expanded in single files only";
    }
    try {
      FileCopyCommand.content(manifest, entry);
      return "";
    } catch (IllegalArgumentException e) {
      return "in " + file + ": " + e.getMessage();
    } catch (IOException e) {
      return file + " cannot be read as a text: " + e.getMessage();
    }
  }

  private static String at(ManifestValue value) {
    return value.location() + ": " + value.path() + ": ";
  }
}
