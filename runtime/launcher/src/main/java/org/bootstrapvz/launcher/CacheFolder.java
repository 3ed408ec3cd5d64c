/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bootstrapvz.api.file.PrivateDirectory;
import org.bootstrapvz.api.file.UnsafePathException;

/**
 * The directory in which one process stores the files of the framework, among them copies of the
 * code that it runs. The process holds a lock in it while it runs; if the lock of a directory is
 * free, its process has ended, and the next process deletes it.
 *
 * <p>Nothing is stored where another user can change it, and nothing is deleted that was not
 * created here: the lock file marks such a directory by its content.
 */
final class CacheFolder implements AutoCloseable {

  private static final String LOCK = "lock";
  private static final String MARK = "bootstrap-vz cache\n";
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]*");

  private final Path folder;
  private final FileChannel lock;

  private CacheFolder(Path folder) throws IOException {
    this.folder = folder;
    lock = FileChannel.open(folder.resolve(LOCK), CREATE_NEW, WRITE, NOFOLLOW_LINKS);
    lock.write(ByteBuffer.wrap(MARK.getBytes(StandardCharsets.UTF_8)));
    lock.lock();
  }

  /**
   * Creates a new one.
   *
   * @param shared the directory that all processes of this user share, or null for one in the
   *     system's temporary directory, which is also used if another user can change this one
   * @param warnings receives a sentence if another user can
   */
  static CacheFolder create(String shared, PrintStream warnings) throws IOException {
    Optional<Path> parent = Optional.empty();
    if (shared != null) {
      try {
        parent = Optional.of(PrivateDirectory.create(Path.of(shared)).path());
      } catch (UnsafePathException e) {
        warnings.println("bootstrap-vz: No cache is used. " + e.getMessage());
      } catch (IOException e) {
        // Commands must also work without a writable home directory.
      }
    }
    if (parent.filter(Files::isWritable).isEmpty()) {
      Path temporary = Files.createTempDirectory("bootstrap-vz-");
      return new CacheFolder(PrivateDirectory.open(temporary).path());
    }
    // Without this lock, a directory that was created but not yet locked would look like that of a
    // dead process.
    try (FileChannel gate =
        FileChannel.open(parent.get().resolve(LOCK), CREATE, WRITE, NOFOLLOW_LINKS)) {
      gate.lock();
      deleteThoseOfTheDead(parent.get());
      return new CacheFolder(createNext(parent.get()));
    }
  }

  /** Free numbers are found without a random generator, whose initialisation is slow. */
  private static Path createNext(Path parent) throws IOException {
    for (int number = 1; ; number++) {
      try {
        return Files.createDirectory(
            parent.resolve(Integer.toString(number)),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (FileAlreadyExistsException e) {
        // the lock belongs to a running process
      }
    }
  }

  private static void deleteThoseOfTheDead(Path parent) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
      for (Path entry : entries) {
        if (NUMBER.matcher(entry.getFileName().toString()).matches()) {
          folders.add(entry);
        }
      }
    }
    for (Path folder : folders) {
      try {
        if (isOfTheDead(folder)) {
          delete(folder);
        }
      } catch (IOException e) {
        // Its owner is deleting it at the moment, or it was not created here.
      }
    }
  }

  private static boolean isOfTheDead(Path folder) throws IOException {
    if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
      return false;
    }
    Path file = PrivateDirectory.open(folder).checkedFile(LOCK);
    try (FileChannel channel = FileChannel.open(file, READ, WRITE, NOFOLLOW_LINKS);
        FileLock probe = channel.tryLock()) {
      return probe != null
          && Files.size(file) == MARK.length()
          && Files.readString(file).equals(MARK);
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
