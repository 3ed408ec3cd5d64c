/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.folder;

import java.io.IOException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.image.MoveImage;
import org.osgi.service.component.annotations.Component;

/**
 * Moves the directory from the workspace of the build to {@code bootstrapper.workspace}, under the
 * name of the manifest, where it replaces an older one.
 */
@Component
@TaskDefinition(
    description = "Moving the directory",
    phase = Phase.IMAGE_REGISTRATION,
    requires = RootFolder.class)
public final class MoveFolder implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    String extension = build.manifest().imageFormat().extension();
    MoveImage.deliver(build, build.require(RootFolder.class).path(), extension);
    FolderAccess.warnIfOpen(build, MoveImage.target(build, extension));
  }
}
