/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.docker_daemon;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Checks that the archives of container images are files. */
@Component
@TaskDefinition(description = "Checking the archives of container images", phase = Phase.VALIDATION)
public final class CheckImages implements Task {
  @Override
  public void run(Build build) throws BuildException {
    List<String> wrong = new ArrayList<>();
    for (ContainerImage image : ContainerImage.of(build.manifest())) {
      Path file = build.manifest().resolve(image.setting());
      if (image.isFile() && !Files.isRegularFile(file)) {
        wrong.add(
            image.setting().location()
                + ": "
                + image.setting().path()
                + ": "
                + file
                + " is not a file. Write an archive of docker save, or the name of an image");
      }
    }
    if (!wrong.isEmpty()) {
      throw new BuildException(String.join("\n", wrong));
    }
  }
}
