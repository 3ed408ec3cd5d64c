/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.audit;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.file.DurableFile;
import org.jspecify.annotations.Nullable;

/**
 * Lines in a file to which is only appended, and in its predecessors: {@code audit.jsonl}, {@code
 * audit.1.jsonl}, {@code audit.2.jsonl} and so on. Only their owner can read them. Each line begins
 * with its number. Not safe for use by several threads.
 */
final class AuditFiles implements Closeable {
  private static final String NAME = "audit";
  private static final String SUFFIX = ".jsonl";
  private static final Pattern NUMBER = Pattern.compile("^\\{\"number\":(\\d{1,18}),");

  private final Path directory;
  private long maxBytes;
  private int maxFiles;
  private @Nullable RandomAccessFile file;
  private long length;

  /**
   * @param maxBytes size that a file does not exceed, unless it has a single line
   * @param maxFiles number of predecessors that are kept
   */
  AuditFiles(Path directory, long maxBytes, int maxFiles) {
    this.directory = directory;
    this.maxBytes = maxBytes;
    this.maxFiles = maxFiles;
  }

  void limit(long bytes, int files) {
    maxBytes = bytes;
    maxFiles = files;
  }

  /** The predecessor with this number; 0 is the file that is written. */
  private Path path(int number) {
    return directory.resolve(NAME + (number == 0 ? "" : "." + number) + SUFFIX);
  }

  /**
   * Appends a line. If this fails, nothing of the line is in the file.
   *
   * @param durable whether it survives a power cut when this returns
   */
  void append(String line, boolean durable) throws IOException {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    RandomAccessFile out = open();
    if (length > 0 && length + bytes.length > maxBytes) {
      rotate();
      out = open();
    }
    try {
      out.seek(length);
      out.write(bytes);
    } catch (IOException e) {
      try {
        out.setLength(length);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
    length += bytes.length;
    if (durable) {
      out.getFD().sync();
    }
  }

  /** Not a channel, which an interrupt of the thread would close. */
  private RandomAccessFile open() throws IOException {
    RandomAccessFile current = file;
    if (current != null) {
      return current;
    }
    Path path = path(0);
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      DurableFile.syncDirectory(directory);
    }
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    current = new RandomAccessFile(path.toFile(), "rw");
    length = current.length();
    if (length > 0) {
      current.seek(length - 1);
      if (current.read() != '\n') {
        // The machine stopped while the last line was written.
        current.write('\n');
        length++;
      }
    }
    file = current;
    return current;
  }

  private void rotate() throws IOException {
    close();
    for (int number = maxFiles; Files.deleteIfExists(path(number)); number++) {
      // Also those beyond a limit that was lowered.
    }
    for (int number = maxFiles - 1; number >= 0; number--) {
      if (Files.exists(path(number), LinkOption.NOFOLLOW_LINKS)) {
        DurableFile.move(path(number), path(number + 1));
      }
    }
  }

  /** The number of the newest line; 0 if there is none. */
  long lastNumber() throws IOException {
    List<String> newest = lines(Long.MAX_VALUE, 1);
    return newest.isEmpty() ? 0 : number(newest.get(0));
  }

  /** Lines with smaller numbers, newest first. */
  List<String> lines(long before, int limit) throws IOException {
    List<String> found = new ArrayList<>();
    for (int number = 0; found.size() < limit; number++) {
      Path path = path(number);
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        if (number > 0) {
          break;
        }
        continue;
      }
      Deque<String> last = new ArrayDeque<>();
      // Not strictly UTF-8: a damaged line hides no other.
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          long own = number(line);
          if (own >= before) {
            break;
          }
          if (own > 0) {
            last.add(line);
            if (last.size() > limit - found.size()) {
              last.remove();
            }
          }
        }
      }
      List<String> newestFirst = new ArrayList<>(last);
      Collections.reverse(newestFirst);
      found.addAll(newestFirst);
    }
    return found;
  }

  /** The number of a line; 0 if it is damaged. */
  private static long number(String line) {
    Matcher matcher = NUMBER.matcher(line);
    OptionalLong number =
        matcher.find() && line.endsWith("}")
            ? OptionalLong.of(Long.parseLong(matcher.group(1)))
            : OptionalLong.empty();
    return number.orElse(0);
  }

  @Override
  public void close() throws IOException {
    RandomAccessFile current = file;
    file = null;
    if (current != null) {
      try (current) {
        current.getFD().sync();
      }
    }
  }
}
