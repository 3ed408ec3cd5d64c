/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a build's log that the database does not get, in a file. It is created with the
 * first line. Not safe for use by several threads.
 */
final class LogOverflow implements AutoCloseable {
  /** The name of the file in the directory of the build. */
  static final String NAME = "rest.log";

  /** Space that a log leaves free on the disk. */
  static final long MIN_FREE_BYTES = 256L << 20;

  private static final long CHARACTERS_BETWEEN_CHECKS = 4 << 20;

  private final Path file;
  private final LongSupplier freeBytes;
  private @Nullable Writer writer;
  private long untilCheck;
  private boolean ended;

  /**
   * @param directory the directory of the build
   * @param freeBytes the free space of its disk
   */
  LogOverflow(Path directory, LongSupplier freeBytes) {
    this.file = directory.resolve(NAME);
    this.freeBytes = freeBytes;
  }

  Path file() {
    return file;
  }

  /** Whether lines are written; no longer after the first problem. */
  boolean isOpen() {
    return !ended;
  }

  /** Writes a line; returns why no further lines are written, if that is so from now on. */
  Optional<String> write(String line) {
    if (ended) {
      return Optional.empty();
    }
    try {
      untilCheck -= line.length() + 1;
      if (untilCheck < 0) {
        untilCheck = CHARACTERS_BETWEEN_CHECKS;
        if (freeBytes.getAsLong() < MIN_FREE_BYTES) {
          close();
          return Optional.of(
              "less than " + (MIN_FREE_BYTES >> 20) + " MiB are free in " + file.getParent());
        }
      }
      if (writer == null) {
        writer = open(file);
      }
      writer.append(line).append('\n');
      return Optional.empty();
    } catch (IOException e) {
      close();
      return Optional.of(file + " could not be written: " + e.getMessage());
    }
  }

  /** Not over a channel, which an interrupt of the build would close. */
  private static Writer open(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    return new BufferedWriter(
        new OutputStreamWriter(new FileOutputStream(file.toFile(), true), StandardCharsets.UTF_8),
        64 << 10);
  }

  /** Makes the lines readable for others; an error shows at the next line. */
  void flush() {
    if (writer != null) {
      try {
        writer.flush();
      } catch (IOException e) {
        // The next line fails as well and says why.
      }
    }
  }

  @Override
  public void close() {
    ended = true;
    if (writer != null) {
      try {
        writer.close();
      } catch (IOException e) {
        // The disk is full: the lines before are readable.
      }
    }
  }
}
