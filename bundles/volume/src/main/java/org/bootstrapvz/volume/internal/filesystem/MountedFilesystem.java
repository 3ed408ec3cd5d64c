/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume.internal.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.bootstrapvz.api.extension.FilesystemRequest;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildException;

/** Fills a filesystem by mounting the file that holds it. */
final class MountedFilesystem {
  private MountedFilesystem() {}

  /**
   * Creates the subvolumes of a new filesystem and copies the tree into it.
   *
   * @param type of the filesystem, for {@code mount}
   */
  static void fill(String type, FilesystemRequest request) throws BuildException, IOException {
    Sandbox sandbox = request.sandbox();
    Path directory = request.scratch().resolve("mount-" + request.file().getFileName());
    Files.createDirectory(directory);
    try {
      sandbox.run(
          Command.of("mount", "-t", type, "-o", "loop")
              .with(request.file().toString(), directory.toString()));
      try {
        for (String subvolume : request.subvolumes()) {
          Path path = directory.resolve(subvolume);
          Path parent = Objects.requireNonNull(path.getParent(), "A subvolume is in a directory");
          sandbox.run(Command.of("mkdir", "--parents", parent.toString()));
          sandbox.run(Command.of("btrfs", "subvolume", "create", path.toString()));
        }
        Command copy = Command.of("cp", "--archive", "--one-file-system");
        sandbox.run(
            // Hard links cannot cross subvolumes: each name gets its own file.
            (request.subvolumes().isEmpty() ? copy : copy.with("--no-preserve=links"))
                .with(request.tree() + "/.", directory.toString()));
      } finally {
        sandbox.run(Command.of("umount", directory.toString()));
      }
    } finally {
      Files.delete(directory);
    }
  }
}
