/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.workspace;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.file.PrivateDirectory;
import org.bootstrapvz.api.file.UnsafePathException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Creates the directory of the build in {@code bootstrapper.workspace}; it is deleted at the end of
 * the build.
 */
@Component
@TaskDefinition(description = "Creating the workspace", phase = Phase.PREPARATION)
public final class CreateWorkspace implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    Path folder = build.workspace();
    try {
      Files.createDirectories(folder.getParent());
    } catch (FileAlreadyExistsException e) {
      throw new BuildException(
          "bootstrapper.workspace is " + folder.getParent() + ", but there is a file of that name",
          e);
    } catch (IOException e) {
      throw new BuildException(
          "Cannot create the directory bootstrapper.workspace: "
              + folder.getParent()
              + " ("
              + e.getClass().getSimpleName()
              + ")",
          e);
    }
    build.acquire(ResourceSpec.folder(folder), () -> Files.createDirectory(folder));
    try {
      PrivateDirectory.open(folder);
    } catch (UnsafePathException e) {
      // Its user chose it, and may be the only one of the machine.
      build.warn("bootstrapper.workspace: " + e.getMessage());
    }
  }
}
