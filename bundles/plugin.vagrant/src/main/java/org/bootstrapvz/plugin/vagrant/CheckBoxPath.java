/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.vagrant;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.image.MoveImage;
import org.osgi.service.component.annotations.Component;

/** Checks that no box of that name exists: a box is not replaced. */
@Component
@TaskDefinition(description = "Checking that the box does not exist yet", phase = Phase.VALIDATION)
public final class CheckBoxPath implements Task {
  @Override
  public void run(Build build) throws BuildException {
    Path box = MoveImage.target(build, PackageBox.EXTENSION);
    if (Files.exists(box, LinkOption.NOFOLLOW_LINKS)) {
      throw new BuildException(
          "The box " + box + " already exists. Move it, or change name or bootstrapper.workspace");
    }
  }
}
