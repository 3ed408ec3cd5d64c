/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bootstrapvz.api.file.DurableFile;
import org.bootstrapvz.api.file.PrivateDirectory;
import org.bootstrapvz.api.file.UnsafePathException;

/**
 * The directory of journals, {@code <state>/journal}. Safe for use by several threads and
 * processes: a process that uses a journal holds the lock of its file, so a journal whose lock is
 * free belongs to a build that is no longer running.
 */
final class Journals {
  private static final String SUFFIX = ".journal";
  private static final int ID_BYTES = 4;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** 128 bits: unique without coordination. */
  private static final int NONCE_BYTES = 16;

  private final Path folder;
  private final Supplier<String> ids;
  private final Supplier<String> nonces;

  /**
   * The journals that this process uses. They must not be opened a second time: closing any channel
   * to a file releases every lock that the process holds on it.
   */
  private final Set<Path> claimed = ConcurrentHashMap.newKeySet();

  Journals(Path state) {
    this(state, new SecureRandom());
  }

  private Journals(Path state, SecureRandom random) {
    this(state, () -> hexadecimal(random, ID_BYTES), () -> hexadecimal(random, NONCE_BYTES));
  }

  Journals(Path state, Supplier<String> ids, Supplier<String> nonces) {
    this.folder = state.resolve("journal").toAbsolutePath().normalize();
    this.ids = ids;
    this.nonces = nonces;
  }

  private static String hexadecimal(SecureRandom random, int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }

  Path folder() {
    return folder;
  }

  /** Returns a new id for a build, 8 hexadecimal digits. */
  String newId() {
    return ids.get();
  }

  /** Creates the journal of a new build and chooses the id of the build. */
  Journal create() throws IOException {
    Path directory = PrivateDirectory.create(folder).path();
    while (true) {
      Path file = directory.resolve(newId() + SUFFIX);
      try {
        Files.createFile(file, OWNER_ONLY);
      } catch (FileAlreadyExistsException e) {
        continue;
      }
      Optional<Journal> journal = claim(file);
      // Empty if a recovery of another process deleted the new file as that of a dead build.
      if (journal.isPresent()) {
        DurableFile.syncDirectory(directory);
        return journal.get();
      }
    }
  }

  /**
   * Returns all journals, sorted by name.
   *
   * @throws UnsafePathException if another user can write one: recovery, possibly as root, deletes
   *     the resources in a journal
   */
  List<Path> files() throws IOException {
    Path directory;
    try {
      directory = PrivateDirectory.open(folder).path();
    } catch (NoSuchFileException e) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  /**
   * Locks a journal and reads it; empty if a running build or recovery uses it, or it is gone.
   *
   * @throws UnsafePathException if another user has written it
   */
  Optional<Journal> claim(Path file) throws IOException {
    if (!claimed.add(file)) {
      return Optional.empty();
    }
    RandomAccessFile access = null;
    Journal journal = null;
    try {
      PrivateDirectory.open(folder).checkedFile(file.getFileName().toString());
      access = new RandomAccessFile(file.toFile(), "rw");
      if (lock(access) && Files.exists(file)) {
        journal = new Journal(id(file), file, access, nonces, () -> claimed.remove(file));
      }
      return Optional.ofNullable(journal);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } finally {
      if (journal == null) {
        if (access != null) {
          access.close();
        }
        claimed.remove(file);
      }
    }
  }

  /**
   * Returns the nonces of the resources in a journal that another process uses, as of now; none if
   * it is gone.
   *
   * @throws IOException if this process uses it: closing it would release the lock
   */
  List<String> noncesInUse(Path file) throws IOException {
    if (claimed.contains(file)) {
      throw new IOException(file + " is in use by this process");
    }
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
      // Not closed as a journal, which would delete it if it holds nothing.
      return new Journal(id(file), file, access, nonces, () -> {})
          .held().values().stream().map(JournalEntry::nonce).toList();
    } catch (FileNotFoundException e) {
      return List.of();
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
