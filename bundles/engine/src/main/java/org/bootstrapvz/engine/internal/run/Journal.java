/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.bootstrapvz.api.resource.ResourceSpec;

/**
 * What a build has taken and not yet given back, on disk, so that it can be given back after a
 * crash. Used by one thread.
 *
 * <p>A text file in UTF-8 that only grows; each line is on the disk before the method that writes
 * it returns. Fields are separated by tabs; backslash, tab, newline and carriage return inside of a
 * field are written as {@code \\}, {@code \t}, {@code \n} and {@code \r}.
 *
 * <pre>
 * acquire    NUMBER  TYPE  DESCRIPTION  KEY  VALUE  KEY  VALUE …
 * released   NUMBER
 * delivered  FILE
 * </pre>
 *
 * A last line without a newline was torn by the crash and does not count: what it was about to
 * announce was never made.
 */
final class Journal implements AutoCloseable {
  private static final String ACQUIRE = "acquire";
  private static final String RELEASED = "released";
  private static final String DELIVERED = "delivered";

  private final String id;
  private final Path file;

  /** Not a file channel: one of those is closed, lock and all, by an interrupt of its thread. */
  private final RandomAccessFile access;

  private final Runnable closed;
  private final NavigableMap<Integer, ResourceSpec> held = new TreeMap<>();
  private final Set<Path> delivered = new LinkedHashSet<>();

  /** Where the last complete line ends. */
  private long end;

  private int next = 1;

  /**
   * Reads what the file holds.
   *
   * @param access open for reading and writing, locked; closed by {@link #close}
   * @param closed is run when the journal was closed
   */
  Journal(String id, Path file, RandomAccessFile access, Runnable closed) throws IOException {
    this.id = id;
    this.file = file;
    this.access = access;
    this.closed = closed;
    byte[] content = new byte[Math.toIntExact(access.length())];
    access.readFully(content);
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        read(new String(content, (int) end, i - (int) end, StandardCharsets.UTF_8));
        end = i + 1;
      }
    }
  }

  String id() {
    return id;
  }

  /** What is not yet given back, by number, in the order of acquisition. */
  NavigableMap<Integer, ResourceSpec> held() {
    return Collections.unmodifiableNavigableMap(held);
  }

  /** The files, folders and devices delivered; they are not given back with what they lie in. */
  Set<Path> delivered() {
    return Collections.unmodifiableSet(delivered);
  }

  /** Notes that a resource is about to be made; answers its number. */
  int acquire(ResourceSpec spec) throws IOException {
    List<String> fields = new ArrayList<>();
    fields.add(ACQUIRE);
    fields.add(String.valueOf(next));
    fields.add(spec.type());
    fields.add(spec.description());
    spec.parameters()
        .forEach(
            (key, value) -> {
              fields.add(key);
              fields.add(value);
            });
    write(fields);
    held.put(next, spec);
    return next++;
  }

  /** Notes that a resource is given back. */
  void released(int number) throws IOException {
    held.remove(number);
    write(List.of(RELEASED, String.valueOf(number)));
  }

  /** Notes that an artefact is delivered. */
  void delivered(Path artefact) throws IOException {
    write(List.of(DELIVERED, artefact.toString()));
    delivered.add(artefact);
  }

  /** Ends the work with the journal; deletes it if everything is given back. */
  @Override
  public void close() throws IOException {
    try {
      if (held.isEmpty()) {
        Files.deleteIfExists(file);
      }
    } finally {
      access.close();
      closed.run();
    }
  }

  private void write(List<String> fields) throws IOException {
    byte[] line =
        (String.join("\t", fields.stream().map(Journal::escape).toList()) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    // Removes what a torn or failed write left.
    access.setLength(end);
    access.seek(end);
    access.write(line);
    access.getFD().sync();
    end += line.length;
  }

  private void read(String line) throws IOException {
    String[] fields = line.split("\t", -1);
    for (int i = 0; i < fields.length; i++) {
      fields[i] = unescape(fields[i]);
    }
    try {
      switch (fields[0]) {
        case ACQUIRE -> {
          Map<String, String> parameters = new TreeMap<>();
          for (int i = 4; i < fields.length; i += 2) {
            parameters.put(fields[i], fields[i + 1]);
          }
          int number = Integer.parseInt(fields[1]);
          held.put(number, new ResourceSpec(fields[2], parameters, fields[3]));
          next = number + 1;
        }
        case RELEASED -> held.remove(Integer.parseInt(fields[1]));
        case DELIVERED -> delivered.add(Path.of(fields[1]));
        default -> throw new IllegalArgumentException();
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException("it has a line that is not understood: " + line, e);
    }
  }

  private static String escape(String field) {
    return field
        .replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  private static String unescape(String field) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\' && i + 1 < field.length()) {
        char escaped = field.charAt(++i);
        c =
            switch (escaped) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> escaped;
            };
      }
      text.append(c);
    }
    return text.toString();
  }
}
