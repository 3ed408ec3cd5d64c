/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import static org.bootstrapvz.engine.internal.run.Bench.thing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.bootstrapvz.api.file.UnsafePathException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Artefact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals on disk and their locks. */
class JournalTest {
  @TempDir Path state;

  private Path only(Journals journals) throws IOException {
    List<Path> files = journals.files();
    assertEquals(1, files.size());
    return files.get(0);
  }

  /** Journals whose resources are named {@code nonce 1}, {@code nonce 2} and so on. */
  private Journals numbered() {
    AtomicInteger nonces = new AtomicInteger();
    return new Journals(state, () -> "1a2b3c4d", () -> "nonce " + nonces.incrementAndGet());
  }

  @Test
  void aNonceHas128RandomBits() throws IOException {
    try (Journal journal = new Journals(state).create()) {
      String first = journal.acquire(thing("a")).nonce();
      String second = journal.acquire(thing("a")).nonce();

      assertTrue(first.matches("[0-9a-f]{32}"), first);
      assertNotEquals(first, second);
    }
  }

  @Test
  void itStaysUntilItsResultsAreReported() throws IOException {
    Artefact.Remote image =
        new Artefact.Remote("ec2-image", "4711", "eu-central-1", "ami\t1", "https://x.example/");
    Journals journals = new Journals(state);
    try (Journal journal = journals.create()) {
      journal.keep(image, List.of(journal.acquire(thing("image")).number()));
    }

    try (Journal journal = journals.claim(only(journals)).orElseThrow()) {
      assertEquals(List.of(image), journal.kept());
      assertEquals(Map.of(), journal.held());
      assertFalse(journal.hasEnded());
      journal.ended();
    }
    assertEquals(List.of(), journals.files());
  }

  @Test
  void itRecordsReportsUntilEverythingIsReleased() throws IOException {
    Journals journals = new Journals(state);
    try (Journal journal = journals.create()) {
      journal.acquire(thing("a"));
      journal.reported(journal.acquire(thing("b")));
      journal.ended();
    }

    try (Journal journal = journals.claim(only(journals)).orElseThrow()) {
      assertTrue(journal.hasEnded());
      assertEquals(
          List.of(false, true), journal.held().values().stream().map(journal::isReported).toList());
    }
  }

  @Test
  void anyTextIsReadAsItWasWritten() throws IOException {
    Journals journals = numbered();
    ResourceSpec odd =
        new ResourceSpec("thing", Map.of("a\tb", "c\\n\nd\re", "empty", ""), "Größe\t\\t\n");
    Path artefact = Path.of("/srv/a b\nc.raw");
    try (Journal journal = journals.create()) {
      journal.acquire(thing("gone"));
      journal.acquire(odd);
      journal.released(1);
      journal.delivered(artefact);
    }

    try (Journal journal = journals.claim(only(journals)).orElseThrow()) {
      assertEquals(Map.of(2, new JournalEntry(2, "nonce 2", odd)), journal.held());
      assertEquals(Set.of(artefact), journal.delivered());
      assertEquals(new JournalEntry(3, "nonce 3", thing("next")), journal.acquire(thing("next")));
    }
  }

  @Test
  void anIncompleteLineIsRemovedBeforeTheNextOne() throws IOException {
    Journals journals = numbered();
    try (Journal journal = journals.create()) {
      journal.acquire(thing("a"));
    }
    Path file = only(journals);
    Files.writeString(
        file, "acquire\t2\tnonce 2\tthing\tvery long and torn", StandardOpenOption.APPEND);

    try (Journal journal = journals.claim(file).orElseThrow()) {
      journal.acquire(thing("b"));
    }

    assertEquals(
        "acquire\t1\tnonce 1\tthing\tthing a\tname\ta\n"
            + "acquire\t2\tnonce 2\tthing\tthing b\tname\tb\n",
        Files.readString(file));
  }

  @Test
  void anInterruptDoesNotCloseIt() throws IOException {
    Journals journals = new Journals(state);
    try (Journal journal = journals.create()) {
      Thread.currentThread().interrupt();
      journal.acquire(thing("a"));
      assertTrue(Thread.interrupted());
      journal.acquire(thing("b"));
      assertEquals(2, Files.readAllLines(only(journals)).size());
    }
  }

  @Test
  void itIsLockedWhileItIsOpen() throws IOException {
    Journals journals = new Journals(state);
    Journals others = new Journals(state);
    try (Journal journal = journals.create()) {
      journal.acquire(thing("a"));
      assertTrue(journals.claim(only(journals)).isEmpty());
      assertTrue(others.claim(only(journals)).isEmpty());
      assertTrue(journals.claim(only(journals)).isEmpty());
    }
    try (Journal journal = others.claim(only(journals)).orElseThrow()) {
      assertEquals(1, journal.held().size());
    }
  }

  @Test
  void itIsDeletedWhenEverythingIsReleased() throws IOException {
    Journals journals = new Journals(state);
    try (Journal journal = journals.create()) {
      journal.acquire(thing("a"));
      journal.released(1);
    }

    assertEquals(List.of(), journals.files());
  }

  @Test
  void anIdInUseIsNotUsedAgain() throws IOException {
    Iterator<String> ids = List.of("00000001", "00000001", "00000002").iterator();
    Journals journals = new Journals(state, ids::next, () -> "nonce");
    try (Journal first = journals.create();
        Journal second = journals.create()) {
      assertEquals("00000001", first.id());
      assertEquals("00000002", second.id());
    }
  }

  @Test
  void theStateDirectoryMayBeALink() throws IOException {
    Path real = Files.createDirectory(state.resolve("real"));
    Path link = Files.createSymbolicLink(state.resolve("link"), real);
    try (Journal journal = new Journals(link).create()) {
      assertTrue(Files.exists(real.resolve("journal").resolve(journal.id() + ".journal")));
    }
  }

  @Test
  void onlyItsOwnerMayWriteTheDirectory() throws IOException {
    Journals journals = new Journals(state);
    try (Journal journal = journals.create()) {
      assertFalse(journal.id().isEmpty());
    }

    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(journals.folder())));
  }

  @Test
  void aJournalThatOthersCanWriteIsNotRead() throws IOException {
    Journals journals = new Journals(state);
    Path file = Files.createDirectories(journals.folder()).resolve("1a2b3c4d.journal");
    Files.writeString(file, "acquire\t1\tnonce\tfolder\t/srv\tpath\t/srv\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    String problem =
        assertThrows(UnsafePathException.class, () -> journals.claim(file)).getMessage();
    assertTrue(
        problem.startsWith(file + " belongs to " + Files.getOwner(file) + " and has mode 0666"),
        problem);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    try (Journal journal = journals.claim(file).orElseThrow()) {
      assertEquals(1, journal.held().size());
    }
  }

  @Test
  void aJournalThatIsALinkIsNotRead() throws IOException {
    Journals journals = new Journals(state);
    Path elsewhere = Files.writeString(state.resolve("elsewhere"), "delivered\t/srv\n");
    Files.createDirectories(journals.folder());
    Path link = journals.folder().resolve("1a2b3c4d.journal");
    Files.createSymbolicLink(link, elsewhere);
    assertThrows(UnsafePathException.class, () -> journals.claim(link));
  }

  @Test
  void journalsInADirectoryThatOthersCanWriteToAreNeitherListedNorCreated() throws IOException {
    Journals journals = new Journals(state);
    Files.createDirectories(journals.folder());
    for (Path each : List.of(journals.folder(), state)) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
      assertTrue(
          assertThrows(UnsafePathException.class, journals::files)
              .getMessage()
              .contains(each + " belongs to "));
      assertThrows(UnsafePathException.class, journals::create);
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwx------"));
    }
    assertEquals(List.of(), journals.files());
  }

  @Test
  void aJournalOfAnotherUserIsRefusedWithOwnerModeAndRemedy() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can give files away");
    Journals journals = new Journals(state);
    Path file = Files.createDirectories(journals.folder()).resolve("1a2b3c4d.journal");
    Files.writeString(file, "acquire\t1\tnonce\tfolder\t/srv\tpath\t/srv\n");
    Files.setAttribute(file, "unix:uid", 61_234);
    assertEquals(
        file
            + " belongs to 61234 and has mode 0644, but must be a regular file of root that others cannot write to; check where it comes from, and delete it",
        assertThrows(UnsafePathException.class, () -> journals.claim(file)).getMessage());
    Files.setAttribute(state, "unix:uid", 61_234);
    assertTrue(
        assertThrows(UnsafePathException.class, journals::files)
            .getMessage()
            .startsWith("The directory " + state + " belongs to 61234 and has mode"));
    Files.setAttribute(state, "unix:uid", 0);
  }
}
