/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {

  @TempDir private Path parent;
  private final ByteArrayOutputStream warnings = new ByteArrayOutputStream();

  @Test
  void twoRunningProcessesDoNotShareADirectory() throws Exception {
    try (CacheFolder one = cache();
        CacheFolder other = cache()) {
      assertNotEquals(one.path(), other.path());
      assertTrue(Files.isDirectory(one.path()));
      assertTrue(Files.isDirectory(other.path()));
    }
  }

  @Test
  void aFolderIsDeletedWithItsContentWhenItsProcessEnds() throws Exception {
    try (CacheFolder cache = cache()) {
      Files.createDirectories(cache.path().resolve("bundle1/data"));
      Files.writeString(cache.path().resolve("bundle1/data/file"), "x");
    }
    assertEquals(List.of(), foldersOfParent());
  }

  @Test
  void theFolderOfADeadProcessIsDeletedByTheNext() throws Exception {
    Path dead = Files.createDirectory(parent.resolve("1"));
    Files.writeString(dead.resolve("lock"), "bootstrap-vz cache\n");
    Files.createDirectories(dead.resolve("bundle7"));
    try (CacheFolder cache = cache()) {
      assertFalse(Files.exists(cache.path().resolve("bundle7")));
      assertEquals(List.of(cache.path()), foldersOfParent());
    }
  }

  @Test
  void aFileThatIsMovedInTheMeantimeIsIgnored() throws Exception {
    CacheFolder cache = cache();
    Files.delete(cache.path().resolve("lock"));
    Files.delete(cache.path());
    cache.close();
    assertEquals(List.of(), foldersOfParent());
  }

  @Test
  void aParentThatCannotBeMadeIsReplacedByATemporaryFolder() throws Exception {
    Path file = Files.createFile(parent.resolve("file"));
    try (CacheFolder cache = cache(file.resolve("cache"))) {
      assertTrue(Files.isDirectory(cache.path()));
      assertFalse(cache.path().startsWith(parent));
    }
  }

  @Test
  void nothingThatWasNotCreatedHereIsDeletedOrChanged() throws Exception {
    Files.writeString(Files.createDirectory(parent.resolve("documents")).resolve("letter"), "x");
    Files.writeString(Files.createDirectory(parent.resolve("1")).resolve("letter"), "x");
    Files.writeString(Files.createDirectory(parent.resolve("2")).resolve("lock"), "of another");
    Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("lock"), "bootstrap-vz cache\n");
    Files.createSymbolicLink(parent.resolve("3"), elsewhere);
    List<String> before = entries();
    cache().close();
    assertEquals(before, entries());
  }

  @Test
  void aDirectoryThatOthersCanWriteToIsNotUsedAndSaid() throws Exception {
    Path shared = Files.createDirectory(parent.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (CacheFolder cache = cache(shared)) {
      assertFalse(cache.path().startsWith(parent));
    }
    String name = Files.getOwner(shared).getName();
    assertEquals(
        "bootstrap-vz: No cache is used. The directory %s belongs to %s and has mode 0777, so other users can replace what is in it; use a directory of your own, or check its content and run: chmod go-w %s\n"
            .formatted(shared, name, shared),
        warnings.toString(UTF_8));
    assertEquals(List.of("shared"), entries());
  }

  @Test
  void aLinkInADirectoryThatOthersCanWriteToIsNotFollowed() throws Exception {
    Path shared = Files.createDirectory(parent.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.createSymbolicLink(shared.resolve("cache"), Files.createDirectory(parent.resolve("own")));
    try (CacheFolder cache = cache(shared.resolve("cache"))) {
      assertFalse(cache.path().startsWith(parent));
    }
    assertTrue(warnings.toString(UTF_8).contains(shared + " belongs to "));
  }

  @Test
  void onlyItsUserCanReadADirectory() throws Exception {
    try (CacheFolder cache = cache()) {
      assertEquals(
          PosixFilePermissions.fromString("rwx------"),
          Files.getPosixFilePermissions(cache.path()));
    }
  }

  private CacheFolder cache() throws Exception {
    return cache(parent);
  }

  private CacheFolder cache(Path shared) throws Exception {
    return CacheFolder.create(shared.toString(), new PrintStream(warnings, true, UTF_8));
  }

  /** Everything in the parent, except for its own lock. */
  private List<String> entries() throws Exception {
    try (Stream<Path> entries = Files.walk(parent)) {
      return entries
          .map(entry -> parent.relativize(entry).toString())
          .filter(name -> !name.isEmpty() && !name.equals("lock"))
          .sorted()
          .toList();
    }
  }

  private List<Path> foldersOfParent() throws Exception {
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.filter(Files::isDirectory).toList();
    }
  }
}
