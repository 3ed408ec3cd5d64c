/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume.internal.filesystem;

import java.io.IOException;
import org.bootstrapvz.api.extension.FilesystemDefinition;
import org.bootstrapvz.api.extension.FilesystemRequest;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.volume.TreeSize;
import org.osgi.service.component.annotations.Component;

/** The B-tree filesystem. It is filled when it is created, or mounted if it has subvolumes. */
@Component
@FilesystemDefinition(
    name = "btrfs",
    description = "B-tree filesystem",
    schema = "org/bootstrapvz/volume/btrfs.json",
    minimum = "128MiB",
    debianPackage = "btrfs-progs",
    commands = "mkfs.btrfs (btrfs-progs)",
    grubModule = "btrfs",
    formatCommands = "mkfs.btrfs",
    checked = false)
public final class Btrfs implements FilesystemType {
  private static final long CHUNKS = 112L << 20;

  @Override
  public void check(ManifestValue partition, Manifest manifest, Problems problems) {
    ManifestValue mode = partition.get("mode");
    if (mode.exists()) {
      problems.error(
          mode,
          "mkfs.btrfs gives the top directory of a filesystem the mode 0755 and no other",
          "Remove the mode, or choose another filesystem");
    }
    ManifestValue subvolumes = partition.get("subvolumes");
    if (subvolumes.exists() && partition.get("format_command").exists()) {
      problems.error(
          subvolumes, "With a format_command no subvolumes are made", "Remove one of the two");
    }
    for (ManifestValue subvolume : subvolumes.items()) {
      if (!subvolume.text().matches("(?!\\.\\.?(/|$))[^/\\s]+(/(?!\\.\\.?(/|$))[^/\\s]+)*")) {
        problems.error(
            subvolume,
            "\"" + subvolume.text() + "\" is not a path of a subvolume",
            "Write one such as home or var/log");
      }
    }
    MountOptions.BTRFS.check(partition, problems);
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    for (ManifestValue partition : manifest.at("volume.partitions").entries().values()) {
      if (partition.get("subvolumes").exists()) {
        tasks
            .requireCommand(new HostCommand("btrfs", "btrfs-progs"))
            .requireCommand(new HostCommand("mount", "mount"));
      }
    }
  }

  /** Metadata is stored twice; sparse files lose their holes. */
  @Override
  public boolean fits(TreeSize tree, Bytes size) {
    long data = tree.fullBlocks() * TreeSize.BLOCK;
    return CHUNKS + data + data / 8 + tree.inodes() * 3072 <= size.count();
  }

  @Override
  public void create(FilesystemRequest request) throws BuildException, IOException {
    String tree = request.tree().toString();
    if (!request.formatCommand().isEmpty()) {
      request.sandbox().run(FormatCommand.of(request, "-f", "--rootdir", tree));
      return;
    }
    Command make =
        Command.of("mkfs.btrfs", "-q", "-f", "-L", request.label(), "-U", request.uuid());
    if (request.subvolumes().isEmpty()) {
      request.sandbox().run(make.with("--rootdir", tree, request.file().toString()));
    } else {
      request.sandbox().run(make.with(request.file().toString()));
      MountedFilesystem.fill("btrfs", request);
    }
  }
}
