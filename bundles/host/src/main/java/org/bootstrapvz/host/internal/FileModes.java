/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Creates files and directories with exact modes, regardless of the umask. */
final class FileModes {
  private static final int DIRECTORY_MODE = 0755;

  private FileModes() {}

  /**
   * Creates a file that no other user can read before its mode is set, or truncates the existing
   * one.
   */
  static OutputStream replace(Path file) throws IOException {
    Set<OpenOption> options =
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    return Channels.newOutputStream(
        Files.newByteChannel(
            file,
            options,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
  }

  /** Creates the directory of a file. */
  static void makeParents(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      makeDirectories(parent);
    }
  }

  /** Creates a directory and its parents with their required mode, regardless of the umask. */
  static void makeDirectories(Path folder) throws IOException {
    if (Files.isRegularFile(folder)) {
      throw new FileSystemException(
          folder.toString(), null, folder.getFileName() + " is a file, not a directory");
    }
    if (!Files.isDirectory(folder)) {
      makeParents(folder);
      set(Files.createDirectory(folder), DIRECTORY_MODE);
    }
  }

  /** Sets the mode of a file, with its setuid, setgid and sticky bits. */
  static Path set(Path file, int mode) throws IOException {
    if ((mode & ~07777) != 0) {
      throw new IllegalArgumentException("Not a mode: " + Integer.toOctalString(mode));
    }
    return Files.setAttribute(file, "unix:mode", mode);
  }
}
