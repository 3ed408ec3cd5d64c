/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.lvm;

import java.nio.file.Path;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.volume.ImageFile;
import org.bootstrapvz.volume.VolumeLayout;
import org.osgi.service.component.annotations.Component;

/**
 * Creates the logical volume and writes the finished image into it. This comes last, so that a
 * failed build does not touch a volume group.
 */
@Component
@TaskDefinition(
    description = "Writing the logical volume",
    phase = Phase.IMAGE_REGISTRATION,
    requires = {VolumeLayout.class, ImageFile.class},
    commands = {
      "lvcreate (lvm2)",
      "lvchange (lvm2)",
      "lvs (lvm2)",
      "lvremove (lvm2)",
      "blockdev (util-linux)",
      "qemu-img (qemu-utils)"
    })
public final class CreateLogicalVolume implements Task {
  @Override
  public void run(Build build) throws BuildException {
    LogicalVolume volume = LogicalVolume.of(build);
    Bytes size = build.require(VolumeLayout.class).size().bytes();
    build.acquire(volume.spec(), () -> build.run(volume.create(size)));
    build.run(
        Command.of("qemu-img", "convert", "-n", "-f", "raw", "-O", "raw")
            .with(build.require(ImageFile.class).path().toString(), volume.device()));
    build.run(volume.finish());
    build.deliver(Path.of(volume.device()));
    build.run(volume.deactivate());
  }
}
