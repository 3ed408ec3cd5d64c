/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bootstrapvz.api.build.Build;
import org.bootstrapvz.api.build.BuildException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;

/** Takes out of the workspace of a build what is to stay when that goes. */
public final class Delivery {
  private Delivery() {}

  /**
   * Moves a file or a folder to a place outside of the workspace, where it appears at once and
   * replaces an older one of its kind. If the workspace is on another filesystem it is copied
   * first.
   *
   * @param from in the workspace
   * @param to on the filesystem of {@code bootstrapper.workspace}
   */
  public static void move(Build build, Path from, Path to) throws BuildException, IOException {
    boolean folder = Files.isDirectory(from);
    if (Files.exists(to) && Files.isDirectory(to) != folder) {
      throw new BuildException(
          "The image cannot be delivered: "
              + to
              + " is a "
              + (folder ? "file" : "folder")
              + ". Move it out of the way");
    }
    Path finished = from;
    if (!Files.getFileStore(from).equals(Files.getFileStore(to.getParent()))) {
      Path copy = hidden(build, to, "new");
      finished = copy;
      build.acquire(
          folder ? ResourceSpec.folder(copy) : ResourceSpec.file(copy),
          () ->
              build.run(
                  Command.of("cp", "--archive", "--sparse=always", "--no-target-directory")
                      .with(from.toString(), copy.toString())));
    }
    if (folder && Files.exists(to)) {
      replaceFolder(build, finished, to);
    } else {
      rename(finished, to);
    }
  }

  /** A folder that is not empty cannot be replaced at once; the older one goes with the build. */
  private static void replaceFolder(Build build, Path finished, Path to)
      throws BuildException, IOException {
    Path older = hidden(build, to, "older");
    build.acquire(ResourceSpec.folder(older), () -> {});
    Resource replaced = build.acquire(ReplacedFolder.spec(to, older), () -> rename(to, older));
    try {
      rename(finished, to);
    } finally {
      replaced.release();
    }
  }

  private static Path hidden(Build build, Path file, String kind) {
    return file.resolveSibling("." + file.getFileName() + "-" + kind + "-" + build.id());
  }

  private static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
