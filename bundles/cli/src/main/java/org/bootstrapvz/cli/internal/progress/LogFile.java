/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.progress;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.file.PrivateDirectory;

/**
 * The log of a build: every event, with the milliseconds since the start. Only its owner can read
 * it.
 */
public final class LogFile implements AutoCloseable {
  /** How many logs are kept in a directory, including the new one. */
  static final int MAX_LOGS = 100;

  private static final Pattern NAME = Pattern.compile("[0-9]{14}_.*\\.log");

  private final Path file;
  private final Writer writer;
  private final LongSupplier nanos;
  private final long start;

  private LogFile(Path file, Writer writer, LongSupplier nanos) {
    this.file = file;
    this.writer = writer;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /**
   * Opens a new log named after the time and the manifest; creates the directory, and deletes the
   * oldest logs in it.
   *
   * @param nanos a clock that only runs forwards, in nanoseconds
   */
  public static LogFile open(Path directory, LocalDateTime time, Path manifest, LongSupplier nanos)
      throws IOException {
    Path own = PrivateDirectory.create(directory).path();
    deleteOldest(own);
    String name = manifest.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String base =
        DateTimeFormatter.ofPattern("yyyyMMddHHmmss").format(time)
            + "_"
            + (dot > 0 ? name.substring(0, dot) : name);
    for (int i = 1; ; i++) {
      // Two builds of a manifest may start in the same second.
      Path file = own.resolve(base + (i == 1 ? "" : "_" + i) + ".log");
      try {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new LogFile(file, Files.newBufferedWriter(file, StandardOpenOption.WRITE), nanos);
      } catch (FileAlreadyExistsException e) {
        // The next number is free.
      }
    }
  }

  /** Nothing but logs is deleted; a name starts with the time, so the oldest come first. */
  private static void deleteOldest(Path directory) throws IOException {
    List<Path> logs;
    try (Stream<Path> entries = Files.list(directory)) {
      logs =
          entries
              .filter(entry -> NAME.matcher(entry.getFileName().toString()).matches())
              .filter(entry -> Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS))
              .sorted()
              .toList();
    }
    for (Path log : logs.subList(0, Math.max(0, logs.size() - MAX_LOGS + 1))) {
      Files.deleteIfExists(log);
    }
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** Writes an event immediately, so that nothing is missing after a crash. */
  public void write(BuildEvent event) throws IOException {
    long millis = (nanos.getAsLong() - start) / 1_000_000;
    for (Entry entry : Entry.of(event)) {
      String prefix = "[" + millis + "] " + entry.level() + ": ";
      for (String line : entry.text().split("\\R", -1)) {
        writer.write(prefix + line + "\n");
      }
    }
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
