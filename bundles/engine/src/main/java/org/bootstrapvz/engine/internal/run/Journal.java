/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.bootstrapvz.api.file.DurableFile;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Artefact;

/**
 * The resources that a build holds and what it has delivered, on disk, so that the resources can be
 * released after a crash. Used by one thread.
 *
 * <p>A text file in UTF-8, append-only; each line is on the disk before the method that writes it
 * returns. Fields are separated by tabs; backslash, tab, newline and carriage return inside of a
 * field are written as {@code \\}, {@code \t}, {@code \n} and {@code \r}.
 *
 * <pre>
 * acquire    NUMBER  NONCE  TYPE  DESCRIPTION  KEY  VALUE  KEY  VALUE …
 * released   NUMBER
 * delivered  FILE
 * kept       KIND  ACCOUNT  REGION  ID  LINK  NUMBER  NUMBER …
 * reported   NUMBER
 * ended
 * </pre>
 *
 * {@code kept} is a remote artefact with the resources that it consists of, which are not released
 * any more. {@code reported} is a resource whose failed release was reported to a user. {@code
 * ended} follows when what was delivered has been reported.
 *
 * <p>A last line without a newline is incomplete, because of a crash, and is ignored: the operation
 * that it announces was not started.
 */
final class Journal implements AutoCloseable {
  private static final String ACQUIRE = "acquire";
  private static final String RELEASED = "released";
  private static final String DELIVERED = "delivered";
  private static final String KEPT = "kept";
  private static final String REPORTED = "reported";
  private static final String ENDED = "ended";

  private final String id;
  private final Path file;

  /** Not a file channel: an interrupt of the thread would close it and release its lock. */
  private final RandomAccessFile access;

  private final Supplier<String> nonces;
  private final Runnable closed;
  private final NavigableMap<Integer, JournalEntry> held = new TreeMap<>();
  private final Set<Path> delivered = new LinkedHashSet<>();
  private final List<Artefact.Remote> kept = new ArrayList<>();
  private final Set<Integer> reported = new HashSet<>();
  private boolean ended;

  /** Where the last complete line ends. */
  private long end;

  private int next = 1;

  /**
   * Reads the file.
   *
   * @param access open for reading and writing, locked; closed by {@link #close}
   * @param nonces new names for resources
   * @param closed is run when the journal was closed
   */
  Journal(String id, Path file, RandomAccessFile access, Supplier<String> nonces, Runnable closed)
      throws IOException {
    this.id = id;
    this.file = file;
    this.access = access;
    this.nonces = nonces;
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

  /** Returns the resources that are not released yet, by number, in order of acquisition. */
  NavigableMap<Integer, JournalEntry> held() {
    return Collections.unmodifiableNavigableMap(held);
  }

  /** Returns a copy of the resources that are not released yet, the last acquired first. */
  List<JournalEntry> heldInReverse() {
    return List.copyOf(held.descendingMap().values());
  }

  /**
   * Returns the delivered files, directories and devices. They are kept when a resource that
   * contains them is released.
   */
  Set<Path> delivered() {
    return Collections.unmodifiableSet(delivered);
  }

  /** Returns the delivered remote artefacts. */
  List<Artefact.Remote> kept() {
    return Collections.unmodifiableList(kept);
  }

  /** Returns whether it was reported that this resource could not be released. */
  boolean isReported(JournalEntry entry) {
    return reported.contains(entry.number());
  }

  /** Returns whether what was delivered has been reported. */
  boolean hasEnded() {
    return ended;
  }

  /** Records that a resource is about to be created, with a new nonce. */
  JournalEntry acquire(ResourceSpec spec) throws IOException {
    JournalEntry entry = new JournalEntry(next, nonces.get(), spec);
    List<String> fields = new ArrayList<>();
    fields.add(ACQUIRE);
    fields.add(String.valueOf(entry.number()));
    fields.add(entry.nonce());
    fields.add(spec.type());
    fields.add(spec.description());
    spec.parameters()
        .forEach(
            (key, value) -> {
              fields.add(key);
              fields.add(value);
            });
    write(fields);
    held.put(next++, entry);
    return entry;
  }

  /** Records that a resource was released. */
  void released(int number) throws IOException {
    held.remove(number);
    write(List.of(RELEASED, String.valueOf(number)));
  }

  /** Records that an artefact was delivered. */
  void delivered(Path artefact) throws IOException {
    write(List.of(DELIVERED, artefact.toString()));
    delivered.add(artefact);
  }

  /** Records that a remote artefact was delivered and which resources are kept for it. */
  void keep(Artefact.Remote artefact, Collection<Integer> numbers) throws IOException {
    List<String> fields = new ArrayList<>();
    fields.add(KEPT);
    fields.add(artefact.kind());
    fields.add(artefact.account());
    fields.add(artefact.region());
    fields.add(artefact.id());
    fields.add(artefact.link());
    numbers.forEach(number -> fields.add(String.valueOf(number)));
    write(fields);
    kept.add(artefact);
    held.keySet().removeAll(numbers);
  }

  /** Records that a user was informed about a resource that could not be released. */
  void reported(JournalEntry entry) throws IOException {
    write(List.of(REPORTED, String.valueOf(entry.number())));
    reported.add(entry.number());
  }

  /** Records that what was delivered has been reported, by the build itself or by recovery. */
  void ended() throws IOException {
    // Without a held resource, closing deletes the journal anyway.
    if (!held.isEmpty()) {
      write(List.of(ENDED));
    }
    ended = true;
  }

  /** Closes the journal. Deletes it if no resource is held and no result is left to report. */
  @Override
  public void close() throws IOException {
    try {
      if (held.isEmpty() && (ended || delivered.isEmpty() && kept.isEmpty())) {
        // If it came back after a power cut, recovery would report the results once more.
        DurableFile.delete(file);
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
    // Removes what an incomplete write left.
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
          for (int i = 5; i < fields.length; i += 2) {
            parameters.put(fields[i], fields[i + 1]);
          }
          int number = Integer.parseInt(fields[1]);
          ResourceSpec spec = new ResourceSpec(fields[3], parameters, fields[4]);
          held.put(number, new JournalEntry(number, fields[2], spec));
          next = number + 1;
        }
        case RELEASED -> held.remove(Integer.parseInt(fields[1]));
        case DELIVERED -> delivered.add(Path.of(fields[1]));
        case KEPT -> {
          kept.add(new Artefact.Remote(fields[1], fields[2], fields[3], fields[4], fields[5]));
          for (int i = 6; i < fields.length; i++) {
            held.remove(Integer.parseInt(fields[i]));
          }
        }
        case REPORTED -> reported.add(Integer.parseInt(fields[1]));
        case ENDED -> ended = true;
        default -> throw new IllegalArgumentException();
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException("it has an invalid line: " + line, e);
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
