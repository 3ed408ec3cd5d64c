/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes and renames files so that the change is complete, or did not happen, whatever comes: a
 * full disk, a crash or a power cut.
 */
public final class DurableFile {
  private DurableFile() {}

  /**
   * Replaces a file atomically by one that only its owner can ever read. When this returns, the new
   * content survives a power cut. If this fails, the old file is unchanged and nothing else is
   * left.
   *
   * <p>One thread of one process at a time may replace a file.
   *
   * @throws IOException if the directory does not exist, the disk is full, or the like
   */
  public static void replace(Path file, String text) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    try {
      try (FileChannel channel =
          FileChannel.open(
              next,
              Set.of(
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        ByteBuffer content = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (content.hasRemaining()) {
          channel.write(content);
        }
        channel.force(true);
      }
      rename(next, file);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  /**
   * Moves a file or a directory within its filesystem and replaces what is there. When this
   * returns, both its content, if it is a file, and its new name survive a power cut. The content
   * of a directory is not synchronized.
   *
   * @throws IOException if it cannot be moved atomically
   */
  public static void move(Path from, Path to) throws IOException {
    if (Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
      sync(from);
    }
    rename(from, to);
  }

  /** Deletes a file if it exists. When this returns, it does not come back after a power cut. */
  public static void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      syncDirectory(directory(file));
    }
  }

  private static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path source = directory(from);
    Path target = directory(to);
    syncDirectory(target);
    if (!source.equals(target)) {
      syncDirectory(source);
    }
  }

  private static Path directory(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  /** Waits until the names in a directory survive a power cut: those of new files, for example. */
  public static void syncDirectory(Path directory) throws IOException {
    sync(directory);
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
