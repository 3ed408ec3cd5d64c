/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The folder of journals, {@code <state>/journal}. Safe for use by several threads and processes:
 * who works with a journal holds the lock of its file, so a journal whose lock can be taken belongs
 * to nobody who lives.
 */
final class Journals {
  private static final String SUFFIX = ".journal";

  private final Path folder;
  private final Supplier<String> ids;

  /**
   * The journals that this process works with. They must not even be opened a second time: closing
   * any channel to a file drops every lock the process has on it.
   */
  private final Set<Path> claimed = ConcurrentHashMap.newKeySet();

  Journals(Path state) {
    this(state, new SecureRandom());
  }

  private Journals(Path state, SecureRandom random) {
    this(state, () -> String.format("%08x", random.nextInt()));
  }

  Journals(Path state, Supplier<String> ids) {
    this.folder = state.resolve("journal").toAbsolutePath().normalize();
    this.ids = ids;
  }

  Path folder() {
    return folder;
  }

  /** An id for a build, 8 hexadecimal digits. */
  String newId() {
    return ids.get();
  }

  /** Starts the journal of a new build, whose id it chooses. */
  Journal create() throws IOException {
    makeFolder();
    while (true) {
      Path file = folder.resolve(newId() + SUFFIX);
      try {
        Files.createFile(file);
      } catch (FileAlreadyExistsException e) {
        continue;
      }
      Optional<Journal> journal = claim(file);
      // Empty when a recovery was quicker and swept the new file away as one of a dead build.
      if (journal.isPresent()) {
        return journal.get();
      }
    }
  }

  /** Root will delete what a journal lists, so nobody else may write one. */
  private void makeFolder() throws IOException {
    if (!Files.isDirectory(folder)) {
      if (!Files.isDirectory(folder.getParent())) {
        Files.createDirectories(folder.getParent());
      }
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** All journals there are, sorted by name. */
  List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  /** Takes a journal over; empty if somebody who lives has it, or if it is gone. */
  Optional<Journal> claim(Path file) throws IOException {
    if (!claimed.add(file)) {
      return Optional.empty();
    }
    RandomAccessFile access = null;
    Journal journal = null;
    try {
      access = new RandomAccessFile(file.toFile(), "rw");
      if (lock(access) && Files.exists(file)) {
        journal = new Journal(id(file), file, access, () -> claimed.remove(file));
      }
      return Optional.ofNullable(journal);
    } finally {
      if (journal == null) {
        if (access != null) {
          access.close();
        }
        claimed.remove(file);
      }
    }
  }

  private static boolean lock(RandomAccessFile access) throws IOException {
    try {
      // Released by closing the file.
      FileLock lock = access.getChannel().tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String id(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }
}
