/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {

  @TempDir private Path folder;

  @Test
  void aReplacedFileIsPrivateWhateverItWasBefore() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    DurableFile.replace(file, "new ü");
    assertEquals("new ü", Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(List.of("file"), entries());
  }

  @Test
  void whatAnInterruptedReplacementLeftIsReplacedAndALinkInItsPlaceIsNotFollowed()
      throws Exception {
    Path victim = Files.writeString(folder.resolve("victim"), "unchanged");
    Files.createSymbolicLink(folder.resolve("file.new"), victim);
    DurableFile.replace(folder.resolve("file"), "new");
    assertEquals("unchanged", Files.readString(victim));
    assertEquals(List.of("file", "victim"), entries());
  }

  @Test
  void aReplacementThatFailsLeavesTheOldFileAndNothingElse() throws Exception {
    Path occupied = Files.createDirectory(folder.resolve("occupied"));
    Files.createFile(occupied.resolve("x"));
    assertThrows(IOException.class, () -> DurableFile.replace(occupied, "new"));
    assertEquals(List.of("occupied"), entries());
  }

  @Test
  void aMovedFileReplacesTheOneAtItsNewPlace() throws Exception {
    Path from = Files.writeString(folder.resolve("from"), "new");
    Files.setPosixFilePermissions(from, PosixFilePermissions.fromString("r--r--r--"));
    Path to = Files.createDirectory(folder.resolve("other")).resolve("to");
    Files.writeString(to, "old");
    DurableFile.move(from, to);
    assertEquals("new", Files.readString(to));
    assertEquals(List.of("other"), entries());
  }

  @Test
  void aDirectoryIsMovedWithItsContent() throws Exception {
    Path from = Files.createDirectory(folder.resolve("from"));
    Files.writeString(from.resolve("x"), "x");
    DurableFile.move(from, folder.resolve("to"));
    assertEquals("x", Files.readString(folder.resolve("to/x")));
  }

  @Test
  void aFileIsDeletedAndMayBeMissing() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    DurableFile.delete(file);
    DurableFile.delete(file);
    assertEquals(List.of(), entries());
  }

  @Test
  void aMoveOfWhatIsNotThereFails() {
    assertThrows(
        IOException.class, () -> DurableFile.move(folder.resolve("x"), folder.resolve("y")));
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
