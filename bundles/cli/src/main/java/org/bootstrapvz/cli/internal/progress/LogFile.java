/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.progress;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.LongSupplier;
import org.bootstrapvz.api.build.BuildEvent;

/** The log of a build: every event, with the milliseconds since the start. */
public final class LogFile implements AutoCloseable {
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
   * Opens a new log named after the time and the manifest; creates the directory.
   *
   * @param nanos a clock that only runs forwards, in nanoseconds
   */
  public static LogFile open(Path directory, LocalDateTime time, Path manifest, LongSupplier nanos)
      throws IOException {
    Files.createDirectories(directory);
    String name = manifest.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String base =
        DateTimeFormatter.ofPattern("yyyyMMddHHmmss").format(time)
            + "_"
            + (dot > 0 ? name.substring(0, dot) : name);
    for (int i = 1; ; i++) {
      // Two builds of a manifest may start in the same second.
      Path file = directory.resolve(base + (i == 1 ? "" : "_" + i) + ".log").toAbsolutePath();
      try {
        return new LogFile(
            file, Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW), nanos);
      } catch (FileAlreadyExistsException e) {
        // The next number is free.
      }
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
