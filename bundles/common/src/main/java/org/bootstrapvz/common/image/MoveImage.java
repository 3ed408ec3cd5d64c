/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.workspace.Delivery;
import org.bootstrapvz.volume.ImageFile;
import org.osgi.service.component.annotations.Component;

/**
 * Moves the image from the workspace of the build to {@code bootstrapper.workspace}, under the name
 * of the manifest, where it atomically replaces an older one.
 */
@Component
@TaskDefinition(
    description = "Moving the image",
    phase = Phase.IMAGE_REGISTRATION,
    requires = ImageFile.class,
    collects = ConvertedImage.class)
public final class MoveImage implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    List<ConvertedImage> converted = build.all(ConvertedImage.class);
    if (converted.isEmpty()) {
      Path volume = build.require(ImageFile.class).path();
      deliver(build, volume, build.manifest().imageFormat().extension());
    } else {
      deliver(build, converted.get(0).path(), converted.get(0).extension());
    }
  }

  /**
   * The destination of a file or directory of the workspace: the name of the manifest with this
   * extension.
   */
  public static Path target(Build build, String extension) {
    return build.workspace().resolveSibling(build.manifest().name() + "." + extension);
  }

  /**
   * Moves a finished file or directory of the workspace there and delivers it. It replaces an older
   * one of the same kind.
   */
  public static void deliver(Build build, Path finished, String extension)
      throws BuildException, IOException {
    Path target = target(build, extension);
    Delivery.deliver(build, finished, target);
  }
}
