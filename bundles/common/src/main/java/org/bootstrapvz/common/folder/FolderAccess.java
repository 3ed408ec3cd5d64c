/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import org.bootstrapvz.api.task.Build;

/**
 * Who can reach a directory that contains a root. Some of its programs run as their owner, whoever
 * starts them.
 */
public final class FolderAccess {
  private FolderAccess() {}

  /** Makes the directory of the build private, as a root is about to be stored in it. */
  static void close(Build build) throws IOException {
    Files.setPosixFilePermissions(build.workspace(), PosixFilePermissions.fromString("rwx------"));
  }

  /** Warns if every user of the build host can reach a directory that is delivered. */
  public static void warnIfOpen(Build build, Path folder) throws IOException {
    Path parent = folder.toRealPath().getParent();
    for (Path each = parent; each != null; each = each.getParent()) {
      if (!Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return;
      }
    }
    build.warn(
        "Every user of this machine can run the programs in "
            + folder
            + ", some of them with the rights of their owner. To prevent that: chmod 700 "
            + parent);
  }
}
