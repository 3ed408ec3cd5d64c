/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal.isolation;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.file.PrivateDirectory;

/**
 * Hands out ranges of ids, each to one build at a time. Safe for use by several threads and by all
 * appliances of a machine: a range in use is a locked file.
 */
final class IdRanges {
  /**
   * Neither users, nor useradd(8), nor systemd allocate ids there; it is enough for 1000 builds.
   */
  private static final Ids DEFAULT = new Ids(1_879_048_192L, 1_944_584_191L);

  /** The name under which a range can be reserved in /etc/subuid and /etc/subgid. */
  private static final String NAME = "bootstrap-vz";

  private static final Pattern RANGE = Pattern.compile("(\\d{1,10})\\s*-\\s*(\\d{1,10})");
  private static final long LAST_ID = 0xFFFF_FFFEL;

  private final Path locks;
  private final Path subordinate;

  /** Guarded by this. A file must not be opened twice: closing one releases the lock of both. */
  private final Set<Long> used = new HashSet<>();

  /**
   * @param locks directory of the files of all appliances
   * @param subordinate the directory that contains {@code subuid} and {@code subgid}
   */
  IdRanges(Path locks, Path subordinate) {
    this.locks = locks;
    this.subordinate = subordinate;
  }

  /** First and last of the ids that builds may use. */
  record Ids(long first, long last) {}

  /**
   * Reads a setting; empty if nothing is set.
   *
   * @throws IllegalArgumentException if it is not a range of at least one build
   */
  static Optional<Ids> parse(String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    Matcher matcher = RANGE.matcher(text.strip());
    if (matcher.matches()) {
      Ids ids = new Ids(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
      if (ids.first() >= IdRange.SIZE
          && ids.last() <= LAST_ID
          && ids.last() - ids.first() + 1 >= IdRange.SIZE) {
        return Optional.of(ids);
      }
    }
    throw new IllegalArgumentException(
        "\""
            + text
            + "\" is not a range of at least 65536 ids from 65536 on. Write the first and the last"
            + " id: 1879048192-1944584191");
  }

  /**
   * Claims a range that nobody uses.
   *
   * @throws IOException if there is none
   */
  synchronized IdRange claim(Optional<Ids> configured) throws IOException {
    Ids ids = configured.isPresent() ? configured.get() : reserved().orElse(DEFAULT);
    Path directory = PrivateDirectory.create(locks).path();
    for (long first = ids.first(); first + IdRange.SIZE - 1 <= ids.last(); first += IdRange.SIZE) {
      if (used.contains(first)) {
        continue;
      }
      FileChannel channel =
          FileChannel.open(
              directory.resolve(Long.toString(first)),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      // A process of a killed appliance may still be ending.
      if (channel.tryLock() != null && !IdRange.isUsed(first, id -> false)) {
        used.add(first);
        long claimed = first;
        return new IdRange(first, channel, () -> release(claimed));
      }
      channel.close();
    }
    throw new IOException(
        "All ranges of 65536 ids in "
            + ids.first()
            + "-"
            + ids.last()
            + " are in use. Give builds more ids with isolationIds in"
            + " org.bootstrapvz.appliance.queue.cfg, or set a smaller concurrency");
  }

  private synchronized void release(long first) {
    used.remove(first);
  }

  /** The range that both files reserve for builds. */
  private Optional<Ids> reserved() throws IOException {
    Optional<Ids> users = reserved("subuid");
    return users.equals(reserved("subgid")) ? users : Optional.empty();
  }

  private Optional<Ids> reserved(String name) throws IOException {
    Path file = subordinate.resolve(name);
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    for (String line : lines) {
      String[] fields = line.split(":");
      if (fields.length == 3 && fields[0].equals(NAME)) {
        try {
          long first = Long.parseLong(fields[1]);
          return parse(first + "-" + (first + Long.parseLong(fields[2]) - 1));
        } catch (IllegalArgumentException e) {
          throw new IOException(file + ": " + e.getMessage(), e);
        }
      }
    }
    return Optional.empty();
  }
}
