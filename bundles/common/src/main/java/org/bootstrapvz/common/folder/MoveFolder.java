/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bootstrapvz.api.build.Build;
import org.bootstrapvz.api.build.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.workspace.Delivery;
import org.bootstrapvz.volume.ImageFormat;
import org.osgi.service.component.annotations.Component;

/**
 * Moves the folder out of the build's workspace, to {@code bootstrapper.workspace} under the
 * manifest's name. An older one goes with the workspace.
 */
@Component
@TaskDefinition(
    description = "Moving the folder",
    phase = Phase.IMAGE_REGISTRATION,
    requires = RootFolder.class)
public final class MoveFolder implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    Path target =
        build
            .workspace()
            .resolveSibling(build.manifest().name() + "." + ImageFormat.FOLDER.extension());
    if (Files.exists(target) && !Files.isDirectory(target)) {
      throw new BuildException(
          "The folder cannot be delivered: " + target + " is a file. Move it out of the way");
    }
    if (Files.exists(target)) {
      Path older = target.resolveSibling("." + target.getFileName() + "-" + build.id());
      build.acquire(
          ResourceSpec.folder(older),
          () -> Files.move(target, older, StandardCopyOption.ATOMIC_MOVE));
    }
    Delivery.move(build, build.require(RootFolder.class).path(), target);
    build.log("The folder is " + target);
  }
}
