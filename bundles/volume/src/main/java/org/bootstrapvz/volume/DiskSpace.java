/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Bytes;

/** The room on the disk that holds the workspace. */
public final class DiskSpace {
  private DiskSpace() {}

  /**
   * Makes sure that a folder's filesystem has room.
   *
   * @param purpose what the room is for: {@code the volume}
   * @throws BuildException if it has not; names the folder, what is free and what is needed
   */
  public static void require(Path folder, Bytes needed, String purpose)
      throws BuildException, IOException {
    if (free(folder).compareTo(needed) < 0) {
      throw full(folder, purpose + " needs about " + rounded(needed));
    }
  }

  /**
   * Turns the failure of something that wrote into a folder into a message about the full disk, if
   * that was the reason.
   */
  public static BuildException explain(BuildException failure, Path folder) throws IOException {
    boolean told = String.valueOf(failure.getMessage()).contains("No space left on device");
    return told && free(folder).count() < 4 << 20 ? full(folder, "more is needed") : failure;
  }

  private static BuildException full(Path folder, String needed) throws IOException {
    return new BuildException(
        "The disk is too full: the filesystem of "
            + folder
            + " has "
            + rounded(free(folder))
            + " free, and "
            + needed
            + ". Make room there, or set bootstrapper.workspace to a folder with more");
  }

  private static Bytes free(Path folder) throws IOException {
    return new Bytes(Math.max(0, Files.getFileStore(folder).getUsableSpace()));
  }

  private static Bytes rounded(Bytes size) {
    return Bytes.mebibytes(size.count() >> 20);
  }
}
