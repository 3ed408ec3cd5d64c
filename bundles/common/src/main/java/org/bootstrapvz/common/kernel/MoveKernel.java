/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.image.MoveImage;
import org.bootstrapvz.common.workspace.Delivery;
import org.osgi.service.component.annotations.Component;

/** Moves kernel, initramfs and command line to the destination of the image. */
@Component
@TaskDefinition(
    description = "Moving the kernel",
    phase = Phase.IMAGE_REGISTRATION,
    predecessors = MoveImage.class,
    requires = KernelFiles.class)
public final class MoveKernel implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    Map<String, Path> files = build.require(KernelFiles.class).files();
    for (String ending : List.of("vmlinuz", "initrd", "cmdline")) {
      Path target = build.workspace().resolveSibling(build.manifest().name() + "." + ending);
      Delivery.deliver(build, Objects.requireNonNull(files.get(ending)), target);
    }
  }
}
