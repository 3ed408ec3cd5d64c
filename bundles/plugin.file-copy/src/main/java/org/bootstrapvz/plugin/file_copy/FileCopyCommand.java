/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.file_copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.files.TreeCopy;
import org.osgi.service.component.annotations.Component;

/**
 * Copies files with their modes, and directories with their content, and writes files of the
 * manifest. They are owned by root unless the manifest sets another owner.
 */
@Component
@TaskDefinition(
    description = "Copying files into the image",
    phase = Phase.USER_MODIFICATION,
    predecessors = {MkdirCommand.class, CopyTrees.class})
public final class FileCopyCommand implements Task {
  private static final int DEFAULT_MODE = 0644;

  @Override
  public void run(Build build) throws BuildException, IOException {
    for (ManifestValue entry : build.manifest().at(FileCopyPlugin.SETTINGS).get("files").items()) {
      ManifestValue place = entry.get("dst");
      String target = place.text();
      if (build.root().exists(target) && Files.isDirectory(build.root().resolve(target))) {
        throw new BuildException(
            place.location()
                + ": "
                + place.path()
                + ": the image already has a directory "
                + target
                + ". Write the full path that the file is to have, or use trees to add to a"
                + " directory");
      }
      if (entry.get("content").exists()) {
        build.root().write(target, content(build.manifest(), entry), DEFAULT_MODE);
      } else if (FileCopyPlugin.expands(entry)) {
        Path source = build.manifest().resolve(entry.get("src"));
        build.root().write(target, content(build.manifest(), entry), TreeCopy.mode(source));
      } else {
        TreeCopy.into(build.root(), build.manifest().resolve(entry.get("src")), target);
      }
      Ownership.apply(build, entry, target);
    }
  }

  /** The text of a file that the manifest contains, or whose variables are expanded. */
  static String content(Manifest manifest, ManifestValue entry) throws IOException {
    ManifestValue content = entry.get("content");
    String text =
        content.exists() ? content.text() : Files.readString(manifest.resolve(entry.get("src")));
    return FileCopyPlugin.expands(entry) ? manifest.expand(text) : text;
  }
}
