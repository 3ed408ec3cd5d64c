/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.filesystem.ReleaseRoot;
import org.bootstrapvz.common.filesystem.TreeMount;
import org.bootstrapvz.common.filesystem.UnmountRoot;
import org.bootstrapvz.volume.DiskSpace;
import org.osgi.service.component.annotations.Component;

/** Moves the root to the disk: copies it from memory, or moves it if it is already on the disk. */
@Component
@TaskDefinition(
    description = "Copying the root",
    phase = Phase.VOLUME_UNMOUNTING,
    predecessors = UnmountRoot.class,
    successors = ReleaseRoot.class,
    requires = Root.class,
    collects = TreeMount.class,
    provides = RootFolder.class)
public final class CopyFolder implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    Path folder = build.workspace().resolve("folder");
    FolderAccess.close(build);
    if (build.all(TreeMount.class).isEmpty()) {
      // Nothing is mounted, so the path of the root is the same inside and outside of the sandbox.
      Files.move(build.root().path(), folder, StandardCopyOption.ATOMIC_MOVE);
    } else {
      copy(build, folder);
    }
    build.provide(RootFolder.class, new RootFolder(folder));
  }

  private static void copy(Build build, Path folder) throws BuildException, IOException {
    Files.createDirectory(folder);
    try {
      build.run(
          Command.of("cp", "--archive", "--one-file-system")
              .with(build.root().path() + "/.", folder.toString()));
    } catch (CommandException e) {
      throw DiskSpace.explain(e, build.workspace());
    }
  }
}
