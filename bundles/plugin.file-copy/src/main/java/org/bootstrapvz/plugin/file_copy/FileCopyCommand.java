/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.file_copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
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
      Path source = build.manifest().resolve(entry.get("src").text());
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
      copy(build.root(), source, target);
      Ownership.apply(build, entry, target);
    }
  }

  private static void copy(Root root, Path source, String target)
      throws BuildException, IOException {
    List<Path> paths;
    try (Stream<Path> found = Files.walk(source)) {
      paths = found.sorted().toList();
    }
    for (Path path : paths) {
      String inside = source.relativize(path).toString();
      String to = inside.isEmpty() ? target : target + "/" + inside;
      // A link in the manifest is followed; links inside of a directory are copied.
      if (Files.isSymbolicLink(path) && !path.equals(source)) {
        root.symlink(to, Files.readSymbolicLink(path).toString());
      } else if (Files.isDirectory(path)) {
        root.makeDirectory(to, mode(path));
      } else if (Files.isRegularFile(path)) {
        root.copyIn(path, to, mode(path));
      } else {
        throw new BuildException(path + " is neither a file nor a directory and cannot be copied");
      }
    }
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode") & 07777;
  }
}
