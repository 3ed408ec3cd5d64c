/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.bootstrapvz.api.file.DurableFile;
import org.bootstrapvz.api.file.PrivateDirectory;
import org.bootstrapvz.api.repository.RepositoryException;

/**
 * Remembers the newest signed index of each repository, and refuses an older one: whoever controls
 * the server or the network could otherwise offer old versions with known errors for ever.
 */
final class SeenIndexes {
  /** How far the clock of the publisher may be ahead of this one. */
  private static final Duration MAX_AHEAD = Duration.ofDays(1);

  private final Path directory;
  private final Clock clock;

  private record Seen(long number, Instant created, String sha256) {}

  /**
   * @param directory need not exist
   */
  SeenIndexes(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** Whether a repository once had a signed index. */
  boolean wasSigned(RepositoryAddress address) throws RepositoryException {
    return last(address).isPresent();
  }

  /**
   * Remembers an index.
   *
   * @param name of its file, for messages
   * @throws RepositoryException if it is older than one that was seen, or not valid now
   */
  void accept(RepositoryAddress address, SignedIndex index, String name)
      throws RepositoryException {
    Instant now = clock.instant();
    if (now.isAfter(index.expires())) {
      throw new RepositoryException(
          name
              + " expired on "
              + index.expires()
              + ". Ask the publisher to run bootstrap-vz plugins index again, and check the clock of"
              + " this machine");
    }
    if (index.created().isAfter(now.plus(MAX_AHEAD))) {
      throw new RepositoryException(
          name + " was created on " + index.created() + "; check the clock of this machine");
    }
    Optional<Seen> last = last(address);
    if (last.isPresent()) {
      refuseIfOlder(last.get(), index, name, address);
    }
    Seen seen = new Seen(index.number(), index.created(), index.sha256());
    if (!Optional.of(seen).equals(last)) {
      store(address, seen);
    }
  }

  private void refuseIfOlder(Seen last, SignedIndex index, String name, RepositoryAddress address)
      throws RepositoryException {
    String remedy =
        ". Someone may be offering old plugins; ask the publisher. If the publisher has started"
            + " again, delete "
            + file(address);
    if (index.number() < last.number() || index.created().isBefore(last.created())) {
      throw new RepositoryException(
          "%s is older than one that was used: it has number %d of %s, and the other number %d of %s%s"
              .formatted(
                  name, index.number(), index.created(), last.number(), last.created(), remedy));
    }
    if (index.number() == last.number() && !index.sha256().equals(last.sha256())) {
      throw new RepositoryException(
          "%s has number %d, like another one that was used%s"
              .formatted(name, index.number(), remedy));
    }
  }

  private Path file(RepositoryAddress address) {
    byte[] name = address.uri().toString().getBytes(StandardCharsets.UTF_8);
    return directory.resolve(UUID.nameUUIDFromBytes(name) + ".seen");
  }

  private Optional<Seen> last(RepositoryAddress address) throws RepositoryException {
    Path file = file(address);
    try {
      String[] words = Files.readString(file).strip().split(" ");
      return Optional.of(new Seen(Long.parseLong(words[0]), Instant.parse(words[1]), words[2]));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(file, e);
    } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException e) {
      throw new RepositoryException(file + " is damaged; check the repository, and delete it", e);
    }
  }

  private void store(RepositoryAddress address, Seen seen) throws RepositoryException {
    Path file = file(address);
    try {
      PrivateDirectory.create(directory);
      DurableFile.replace(file, seen.number() + " " + seen.created() + " " + seen.sha256() + "\n");
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static RepositoryException unusable(Path file, IOException e) {
    return new RepositoryException(
        "The number of the signed index cannot be remembered in " + file + ": " + e.getMessage(),
        e);
  }
}
