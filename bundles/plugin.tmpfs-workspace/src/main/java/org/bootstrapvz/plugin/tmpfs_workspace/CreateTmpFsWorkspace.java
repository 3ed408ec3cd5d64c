/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.tmpfs_workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.workspace.CreateWorkspace;
import org.osgi.service.component.annotations.Component;

/**
 * Creates the directory of the build on a tmpfs of the host, and a link to it at its usual path. A
 * separate mount would require root, and would remain after a crash.
 */
@Component
@TaskDefinition(
    description = "Creating the workspace in memory",
    phase = Phase.PREPARATION,
    successors = CreateWorkspace.class)
public final class CreateTmpFsWorkspace implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    Path link = build.workspace();
    Path parent = Objects.requireNonNull(link.getParent(), "The path of the workspace is absolute");
    Files.createDirectories(parent);
    Path folder = memory().resolve("bootstrap-vz-" + build.id());
    build.acquire(ResourceSpec.folder(folder), () -> Files.createDirectory(folder));
    // A relative link, since the sandbox has other mounts below it than this process.
    Path way = parent.toRealPath().relativize(folder.toRealPath());
    build.acquire(ResourceSpec.file(link), () -> Files.createSymbolicLink(link, way));
  }

  /** The writable tmpfs with the most free space. */
  private static Path memory() throws BuildException, IOException {
    Path best = null;
    for (String name : List.of("/dev/shm", "/tmp", "/var/tmp")) {
      Path folder = Path.of(name);
      if (Files.isWritable(folder)
          && Files.getFileStore(folder).type().equals("tmpfs")
          && (best == null || room(folder) > room(best))) {
        best = folder;
      }
    }
    if (best == null) {
      throw new BuildException(
          "The plugin tmpfs_workspace found no tmpfs: neither /dev/shm nor /tmp is a"
              + " tmpfs. Mount one, or remove the plugin");
    }
    return best;
  }

  private static long room(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }
}
