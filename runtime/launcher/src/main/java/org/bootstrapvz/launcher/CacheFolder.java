/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The directory in which one process stores the files of the framework. The process holds a lock in
 * it while it runs; if the lock of a directory is free, its process has ended, and the next process
 * deletes it.
 */
final class CacheFolder implements AutoCloseable {

  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel lock;

  private CacheFolder(Path folder) throws IOException {
    this.folder = folder;
    lock = open(folder);
    lock.lock();
  }

  /**
   * Creates a new one.
   *
   * @param shared the directory that all processes of this user share, or null for one in the
   *     system's temporary directory
   */
  static CacheFolder create(String shared) throws IOException {
    Path parent = null;
    if (shared != null) {
      try {
        parent = Files.createDirectories(Path.of(shared));
      } catch (IOException e) {
        parent = null; // commands must also work without a writable home directory
      }
    }
    if (parent == null || !Files.isWritable(parent)) {
      return new CacheFolder(Files.createTempDirectory("bootstrap-vz-"));
    }
    // Without this lock, a directory that was created but not yet locked would look like that of a
    // dead process.
    try (FileChannel gate = open(parent)) {
      gate.lock();
      deleteThoseOfTheDead(parent);
      return new CacheFolder(createNext(parent));
    }
  }

  /** Free numbers are found without a random generator, whose initialisation is slow. */
  private static Path createNext(Path parent) throws IOException {
    for (int number = 1; ; number++) {
      try {
        return Files.createDirectory(parent.resolve(Integer.toString(number)));
      } catch (FileAlreadyExistsException e) {
        // the lock belongs to a running process
      }
    }
  }

  private static FileChannel open(Path folder) throws IOException {
    return FileChannel.open(
        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void deleteThoseOfTheDead(Path parent) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry)) {
          folders.add(entry);
        }
      }
    }
    for (Path folder : folders) {
      try {
        if (isFree(folder)) {
          delete(folder);
        }
      } catch (IOException e) {
        // Its owner is deleting it at the moment, or the next start deletes it.
      }
    }
  }

  private static boolean isFree(Path folder) throws IOException {
    try (FileChannel channel = open(folder);
        FileLock probe = channel.tryLock()) {
      return probe != null;
    } catch (OverlappingFileLockException e) {
      return false; // the lock belongs to this process
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException problem)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  Path path() {
    return folder;
  }

  @Override
  public void close() {
    try (lock) {
      delete(folder);
    } catch (IOException e) {
      // The next start finds its lock free and deletes it; the exit status of the command must not
      // change.
    }
  }
}
