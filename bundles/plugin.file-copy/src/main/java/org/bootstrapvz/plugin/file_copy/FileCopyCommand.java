/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.file_copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.files.TreeCopy;
import org.osgi.service.component.annotations.Component;

/**
 * Copies files with their modes, and directories with their content. The copies are owned by root
 * unless the manifest sets another owner.
 */
@Component
@TaskDefinition(
    description = "Copying files into the image",
    phase = Phase.USER_MODIFICATION,
    predecessors = MkdirCommand.class)
public final class FileCopyCommand implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    for (ManifestValue entry : build.manifest().at(FileCopyPlugin.SETTINGS).get("files").items()) {
      Path source = build.manifest().resolve(entry.get("src"));
      ManifestValue place = entry.get("dst");
      String target = place.text();
      if (build.root().exists(target) && Files.isDirectory(build.root().resolve(target))) {
        throw new BuildException(
            place.location()
                + ": "
                + place.path()
                + ": the image already has a directory "
                + target
                + ". Write the full path that "
                + source.getFileName()
                + " is to have");
      }
      TreeCopy.into(build.root(), source, target);
      Ownership.apply(build, entry, target);
    }
  }
}
