/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bootstrapvz.api.build.Build;
import org.bootstrapvz.api.build.BuildException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.resource.ResourceSpec;

/** Takes out of the workspace of a build what is to stay when that goes. */
public final class Delivery {
  private Delivery() {}

  /**
   * Moves a file or a folder to a place outside of the workspace, where it appears at once and
   * replaces a file that is there. If the workspace is on another filesystem it is copied first.
   *
   * @param from in the workspace
   * @param to on the filesystem of {@code bootstrapper.workspace}; no folder may be there
   */
  public static void move(Build build, Path from, Path to) throws BuildException, IOException {
    if (Files.getFileStore(from).equals(Files.getFileStore(to.getParent()))) {
      rename(from, to);
      return;
    }
    Path copy = to.resolveSibling("." + to.getFileName() + "-" + build.id());
    build.acquire(
        Files.isDirectory(from) ? ResourceSpec.folder(copy) : ResourceSpec.file(copy),
        () -> {
          build.run(
              Command.of("cp", "--archive", "--sparse=always", "--no-target-directory")
                  .with(from.toString(), copy.toString()));
          rename(copy, to);
        });
  }

  private static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
