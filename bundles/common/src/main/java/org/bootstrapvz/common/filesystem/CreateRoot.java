/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.filesystem;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.volume.VolumeLayout;
import org.osgi.service.component.annotations.Component;

/**
 * Creates the directory that becomes the root: in memory if there is enough, which is fastest;
 * otherwise on a filesystem in a file, or in the workspace itself.
 */
@Component
@TaskDefinition(
    description = "Creating the root directory",
    phase = Phase.VOLUME_MOUNTING,
    requires = VolumeLayout.class,
    provides = {Root.class, TreeMount.class},
    commands = "mke2fs (e2fsprogs)")
public final class CreateRoot implements Task {
  /** Maximum total size of the partitions, as a percentage of the available memory. */
  private static final int MEMORY_FOR_PARTITIONS = 60;

  /**
   * Maximum size of the root, as a percentage of the available memory: more than the partitions can
   * hold, so that a partition that is too small is detected when its filesystem is created, with a
   * better message.
   */
  private static final int MEMORY_FOR_ROOT = 75;

  @Override
  public void run(Build build) throws BuildException, IOException {
    Path tree = build.workspace().resolve("tree");
    Files.createDirectory(tree);
    long memory = build.machine().availableMemory();
    Bytes partitions =
        build.require(VolumeLayout.class).mounted().stream()
            .map(partition -> partition.length().bytes())
            .reduce(new Bytes(0), Bytes::plus);
    if (partitions.count() <= memory / 100 * MEMORY_FOR_PARTITIONS) {
      long size = memory / 100 * MEMORY_FOR_ROOT;
      mount(build, "tmpfs", tree, "-t", "tmpfs", "-o", "mode=0755,size=" + size, "tmpfs");
    } else if (build.machine().canMountFiles()) {
      build.log("Not enough memory for the root; using a file on the disk");
      mountFile(build, tree, partitions);
    } else {
      build.log("Not enough memory for the root; using the workspace");
    }
    Path root = tree.resolve("root");
    Files.createDirectory(build.sandbox().outside(tree).resolve("root"));
    build.provide(Root.class, build.sandbox().root(root));
    build.root().chmod("/", 0755);
  }

  private static void mountFile(Build build, Path tree, Bytes partitions) throws BuildException {
    Path file = build.workspace().resolve("scratch.img");
    Bytes size = partitions.times(2).plus(Bytes.mebibytes(1024));
    build.provide(
        TreeMount.class,
        new TreeMount(
            build.acquire(
                ResourceSpec.file(file),
                () -> {
                  try (RandomAccessFile scratch = new RandomAccessFile(file.toFile(), "rw")) {
                    scratch.setLength(size.count());
                  }
                  build.run(
                      Command.of(
                              "mke2fs", "-q", "-F", "-t", "ext4", "-O", "^has_journal", "-m", "0")
                          .with("-i", "8192", "-E", "nodiscard", file.toString()));
                })));
    mount(build, file.toString(), tree, "-t", "ext4", "-o", "loop,noatime", file.toString());
  }

  private static void mount(Build build, String what, Path tree, String... arguments)
      throws BuildException {
    build.provide(
        TreeMount.class,
        new TreeMount(
            build.acquire(
                ResourceSpec.mount(tree, what),
                () -> build.run(Command.of("mount").with(arguments).with(tree.toString())))));
  }
}
