/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.extlinux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.filesystem.Format;
import org.bootstrapvz.common.filesystem.ReleaseRoot;
import org.bootstrapvz.volume.ImageFile;
import org.bootstrapvz.volume.Partition;
import org.bootstrapvz.volume.TableType;
import org.bootstrapvz.volume.VolumeLayout;
import org.osgi.service.component.annotations.Component;

/**
 * Installs EXTLINUX into the filesystem that contains /boot, which has to be mounted for it, and
 * its boot code into the first sector.
 */
@Component
@TaskDefinition(
    description = "Installing EXTLINUX",
    phase = Phase.VOLUME_UNMOUNTING,
    predecessors = Format.class,
    successors = ReleaseRoot.class,
    requires = {VolumeLayout.class, ImageFile.class, Root.class},
    commands = {"extlinux (extlinux)", "mount (mount)"})
public final class InstallExtlinux implements Task {
  /** The size of the boot code in the first sector; the partition table follows. */
  private static final int CODE = 440;

  @Override
  public void run(Build build) throws BuildException, IOException {
    VolumeLayout layout = build.require(VolumeLayout.class);
    Path image = build.require(ImageFile.class).path();
    Partition partition = layout.holding(ConfigureExtlinux.FOLDER);
    Path folder = build.workspace().resolve("extlinux");
    Files.createDirectory(folder);
    String options =
        "loop,offset="
            + partition.start().bytes().count()
            + ",sizelimit="
            + partition.length().bytes().count();
    Resource mount =
        build.acquire(
            ResourceSpec.mount(folder, "the filesystem with /boot"),
            () ->
                build.run(Command.of("mount", "-o", options, image.toString(), folder.toString())));
    String inside = partition.inside(ConfigureExtlinux.FOLDER).substring(1);
    build.run(Command.of("extlinux", "--install", folder.resolve(inside).toString()));
    mount.release();
    if (layout.table() != TableType.NONE) {
      writeCode(build.root(), layout.table(), image);
    }
  }

  private static void writeCode(Root root, TableType table, Path image)
      throws BuildException, IOException {
    String name = table == TableType.GPT ? "gptmbr.bin" : "mbr.bin";
    for (String file : List.of("usr/lib/EXTLINUX/" + name, "usr/lib/extlinux/" + name)) {
      if (root.isFile(file)) {
        byte[] code = Files.readAllBytes(root.resolve(file));
        if (code.length > CODE) {
          throw new BuildException("/" + file + " has more than " + CODE + " bytes");
        }
        try (FileChannel volume = FileChannel.open(image, StandardOpenOption.WRITE)) {
          volume.write(ByteBuffer.wrap(Arrays.copyOf(code, CODE)), 0);
        }
        return;
      }
    }
    throw new BuildException(
        "The image has no /usr/lib/EXTLINUX/" + name + ", which the package extlinux brings");
  }
}
