/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {

  @TempDir private Path parent;

  @Test
  void twoRunningProcessesDoNotShareADirectory() throws Exception {
    try (CacheFolder one = CacheFolder.create(parent.toString());
        CacheFolder other = CacheFolder.create(parent.toString())) {
      assertNotEquals(one.path(), other.path());
      assertTrue(Files.isDirectory(one.path()));
      assertTrue(Files.isDirectory(other.path()));
    }
  }

  @Test
  void aFolderIsDeletedWithItsContentWhenItsProcessEnds() throws Exception {
    try (CacheFolder cache = CacheFolder.create(parent.toString())) {
      Files.createDirectories(cache.path().resolve("bundle1/data"));
      Files.writeString(cache.path().resolve("bundle1/data/file"), "x");
    }
    assertEquals(List.of(), foldersOfParent());
  }

  @Test
  void theFolderOfADeadProcessIsDeletedByTheNext() throws Exception {
    Path dead = Files.createDirectory(parent.resolve("1"));
    Files.createFile(dead.resolve("lock"));
    Files.createDirectories(dead.resolve("bundle7"));
    try (CacheFolder cache = CacheFolder.create(parent.toString())) {
      assertFalse(Files.exists(cache.path().resolve("bundle7")));
      assertEquals(List.of(cache.path()), foldersOfParent());
    }
  }

  @Test
  void aFileThatIsMovedInTheMeantimeIsIgnored() throws Exception {
    CacheFolder cache = CacheFolder.create(parent.toString());
    Files.delete(cache.path().resolve("lock"));
    Files.delete(cache.path());
    cache.close();
    assertEquals(List.of(), foldersOfParent());
  }

  @Test
  void aParentThatCannotBeMadeIsReplacedByATemporaryFolder() throws Exception {
    Path file = Files.createFile(parent.resolve("file"));
    try (CacheFolder cache = CacheFolder.create(file.resolve("cache").toString())) {
      assertTrue(Files.isDirectory(cache.path()));
      assertFalse(cache.path().startsWith(parent));
    }
  }

  private List<Path> foldersOfParent() throws Exception {
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.filter(Files::isDirectory).toList();
    }
  }
}
