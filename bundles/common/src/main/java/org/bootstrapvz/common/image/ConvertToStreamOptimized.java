/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.volume.DiskSpace;
import org.bootstrapvz.volume.ImageFile;
import org.osgi.service.component.annotations.Component;

/** Converts the volume into the compressed disk of an OVF. */
@Component
@TaskDefinition(
    description = "Compressing the disk",
    phase = Phase.IMAGE_REGISTRATION,
    successors = MoveImage.class,
    requires = ImageFile.class,
    provides = StreamOptimizedDisk.class,
    commands = "qemu-img (qemu-utils)")
public final class ConvertToStreamOptimized implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    Path volume = build.require(ImageFile.class).path();
    Path target = build.workspace().resolve("stream-optimized.vmdk");
    Command convert =
        Command.of("qemu-img", "convert", "-p", "-f", "raw", "-O", "vmdk")
            .with("-o", "subformat=streamOptimized", volume.toString(), target.toString())
            .lines(line -> ConvertImage.showProgress(build, line, "vmdk"));
    try {
      build.acquire(ResourceSpec.file(target), () -> build.run(convert));
    } catch (CommandException e) {
      throw DiskSpace.explain(e, build.workspace());
    }
    build.provide(
        StreamOptimizedDisk.class, new StreamOptimizedDisk(target, new Bytes(Files.size(volume))));
  }
}
