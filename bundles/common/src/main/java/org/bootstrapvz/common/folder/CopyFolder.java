/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.build.Build;
import org.bootstrapvz.api.build.BuildException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.filesystem.DeleteMountDir;
import org.bootstrapvz.common.filesystem.UnmountRoot;
import org.bootstrapvz.volume.DiskSpace;
import org.osgi.service.component.annotations.Component;

/** Copies the root to the disk. */
@Component
@TaskDefinition(
    description = "Copying the root",
    phase = Phase.VOLUME_UNMOUNTING,
    predecessors = UnmountRoot.class,
    successors = DeleteMountDir.class,
    requires = Root.class,
    provides = RootFolder.class)
public final class CopyFolder implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    Path folder = build.workspace().resolve("folder");
    Files.createDirectory(folder);
    try {
      build.run(
          Command.of("cp", "--archive", "--one-file-system")
              .with(build.root().path() + "/.", folder.toString()));
    } catch (CommandException e) {
      throw DiskSpace.explain(e, build.workspace());
    }
    build.provide(RootFolder.class, new RootFolder(folder));
  }
}
