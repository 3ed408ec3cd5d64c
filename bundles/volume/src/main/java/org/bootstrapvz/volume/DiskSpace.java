/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Bytes;

/** The space on the disk that holds the workspace. */
public final class DiskSpace {
  private DiskSpace() {}

  /**
   * Checks that the filesystem of a directory has enough free space.
   *
   * @param purpose what needs it: {@code the volume}
   * @throws BuildException if it does not; names the directory, the free space and the required
   *     space
   */
  public static void require(Path directory, Bytes needed, String purpose)
      throws BuildException, IOException {
    if (free(directory).compareTo(needed) < 0) {
      throw full(directory, purpose + " needs about " + rounded(needed));
    }
  }

  /**
   * Replaces the failure of a command that wrote into a directory by a message about the full disk,
   * if that is the cause.
   */
  public static BuildException explain(BuildException failure, Path directory) throws IOException {
    boolean full = String.valueOf(failure.getMessage()).contains("No space left on device");
    return full && free(directory).count() < 4 << 20 ? full(directory, "more is needed") : failure;
  }

  private static BuildException full(Path directory, String needed) throws IOException {
    return new BuildException(
        "Not enough disk space: the filesystem of "
            + directory
            + " has "
            + rounded(free(directory))
            + " free, and "
            + needed
            + ". Free space there, or set bootstrapper.workspace to a directory on another disk");
  }

  private static Bytes free(Path directory) throws IOException {
    return new Bytes(Math.max(0, Files.getFileStore(directory).getUsableSpace()));
  }

  private static Bytes rounded(Bytes size) {
    return Bytes.mebibytes(size.count() >> 20);
  }
}
