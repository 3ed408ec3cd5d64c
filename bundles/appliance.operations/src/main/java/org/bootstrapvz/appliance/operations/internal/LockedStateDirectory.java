/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.api.file.DurableFile;
import org.bootstrapvz.api.file.PrivateDirectory;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state directory, locked for this process by a file in it. Refused if another user can change
 * it or has put something into it.
 */
final class LockedStateDirectory implements StateDirectory, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LockedStateDirectory.class);
  private static final String LOCK = "lock";
  private static final String INSTANCE = "instance";
  private static final String SCRATCH = "scratch";
  private static final Set<String> FILES =
      Set.of(
          LOCK, INSTANCE, "tokens", "admin.token", "address", "shell", "audit.jsonl", "deployed");
  private static final String BUILDS = "builds";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}");

  private final Path path;
  private final String instance;
  private final FileChannel lock;

  /**
   * Uses a directory, which is created if it is missing.
   *
   * @throws IOException if it cannot be used; the message is a sentence with the remedy
   */
  LockedStateDirectory(Path path) throws IOException {
    try {
      PrivateDirectory directory = PrivateDirectory.create(path);
      this.path = directory.path();
      // Whoever can enter it could connect to the shell and read what others wrote into it.
      Files.setPosixFilePermissions(this.path, PosixFilePermissions.fromString("rwx------"));
      check(directory);
      lock = FileChannel.open(this.path.resolve(LOCK), CREATE, WRITE, NOFOLLOW_LINKS);
      try {
        if (!isMine(lock)) {
          throw new IOException("Another appliance is using the state directory " + this.path);
        }
        instance = readInstance();
        emptyScratch();
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (FileSystemException e) {
      throw new IOException("The state directory " + path + " cannot be used: " + sentence(e), e);
    }
  }

  private static String sentence(FileSystemException problem) {
    if (problem instanceof AccessDeniedException) {
      return "no permission for " + problem.getFile();
    }
    return problem.getReason() == null
        ? problem.getClass().getSimpleName() + ": " + problem.getFile()
        : String.valueOf(problem.getMessage());
  }

  /** What others put there while they could must not be obeyed. */
  private void check(PrivateDirectory directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (FILES.contains(name) && Files.isDirectory(entry)) {
          throw new IOException(
              entry + " is a directory, but must be a file; move it out of the way");
        }
        if (name.equals(BUILDS) && !Files.isDirectory(entry)) {
          throw new IOException(
              entry + " is not a directory, as which it keeps the images; move it out of the way");
        }
        if (name.equals(SCRATCH)) {
          continue; // replaced in any case
        }
        if (Files.isDirectory(entry)) {
          PrivateDirectory.open(entry);
        } else if (Files.isRegularFile(entry) || Files.isSymbolicLink(entry)) {
          directory.checkedFile(name);
        }
      }
    }
  }

  private String readInstance() throws IOException {
    Path file = path.resolve(INSTANCE);
    if (Files.exists(file)) {
      // Not as text: a damaged file may not be any.
      String found = new String(Files.readAllBytes(file), StandardCharsets.US_ASCII).strip();
      if (ID.matcher(found).matches()) {
        return found;
      }
      LOG.warn(
          "{} does not contain 8 hexadecimal digits; this appliance gets a new name there", file);
    }
    String created = UUID.randomUUID().toString().substring(0, 8);
    DurableFile.replace(file, created);
    return created;
  }

  private void emptyScratch() throws IOException {
    delete(scratch());
    PrivateDirectory.create(scratch());
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
      try (Stream<Path> children = Files.list(path)) {
        for (Path child : children.toList()) {
          delete(child);
        }
      }
    }
    Files.deleteIfExists(path);
  }

  private static boolean isMine(FileChannel channel) throws IOException {
    try {
      FileLock held = channel.tryLock();
      return held != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Path scratch() {
    return path.resolve(SCRATCH);
  }

  @Override
  public String instance() {
    return instance;
  }

  /** Releases the lock. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
