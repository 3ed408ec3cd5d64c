/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.value.Secret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and directories of the host are deleted, and nothing else. */
class HostResourcesTest {
  private static final ReleaseContext CONTEXT =
      new ReleaseContext() {
        @Override
        public String nonce() {
          return "00112233445566778899aabbccddeeff";
        }

        @Override
        public void mask(Secret secret) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Sandbox> sandbox() {
          return Optional.empty();
        }

        @Override
        public void log(String line) {}
      };

  @TempDir Path temp;
  Path folder;
  Path outside;

  @BeforeEach
  void makeFolders() throws IOException {
    folder = Files.createDirectories(temp.resolve("work/build"));
    outside = Files.createDirectory(temp.resolve("outside"));
    Files.writeString(outside.resolve("precious"), "x");
  }

  private void release(Path path) throws BuildException, IOException {
    new FolderResource().release(ResourceSpec.folder(path), CONTEXT);
  }

  @Test
  void aDirectoryIsDeletedWithItsContentAndLinksAreNotFollowed() throws Exception {
    Files.writeString(Files.createDirectories(folder.resolve("a/b")).resolve("c"), "x");
    Files.createSymbolicLink(folder.resolve("a/link"), outside);
    Files.createSymbolicLink(folder.resolve("dangling"), Path.of("/nothing/there"));

    release(folder);
    release(folder);

    assertFalse(Files.exists(folder));
    assertTrue(Files.exists(outside.resolve("precious")));
  }

  @Test
  void onlyTheLinkIsDeletedInPlaceOfADirectoryButItsParentsMayBeLinks() throws Exception {
    Files.createSymbolicLink(temp.resolve("alias"), temp.resolve("work"));
    Files.createSymbolicLink(folder.resolve("link"), outside);

    release(temp.resolve("alias/build/link"));

    assertFalse(Files.isSymbolicLink(folder.resolve("link")));
    assertTrue(Files.exists(outside.resolve("precious")));
    release(temp.resolve("alias/build"));
    assertFalse(Files.exists(folder));
  }

  @Test
  void aDirectoryWithoutPermissionsForItsOwnerIsDeletedToo() throws Exception {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    Files.writeString(locked.resolve("file"), "x");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));

    release(folder);

    assertFalse(Files.exists(folder));
  }

  @Test
  void aDirectoryWithAMountIsNotDeleted() throws Exception {
    Path mounted = Files.createDirectories(folder.resolve("a b/root"));
    Files.writeString(folder.resolve("file"), "x");
    Path table =
        Files.writeString(
            temp.resolve("mountinfo"),
            "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n36 22 8:1 /home "
                + mounted.toRealPath().toString().replace(" ", "\\040")
                + " rw - ext4 /dev/sda1 rw\n");

    BuildException refused =
        assertThrows(
            BuildException.class,
            () -> new FolderResource(table).release(ResourceSpec.folder(folder), CONTEXT));

    assertEquals(
        "something is mounted on "
            + mounted.toRealPath()
            + "; it is deleted once that is unmounted",
        refused.getMessage());
    assertTrue(Files.exists(folder.resolve("file")));
  }

  @Test
  void anotherFilesystemIsNotEnteredEvenIfTheTableDoesNotKnowIt() throws Exception {
    Path table = Files.writeString(temp.resolve("mountinfo"), "");

    BuildException refused =
        assertThrows(
            BuildException.class,
            () ->
                new FolderResource(table).release(ResourceSpec.folder(Path.of("/proc")), CONTEXT));

    assertEquals(
        "something is mounted on /proc; it is deleted once that is unmounted",
        refused.getMessage());
  }

  @Test
  void onlyAbsolutePathsBelowTheRootAreDeleted() {
    for (Path path :
        new Path[] {Path.of("relative"), Path.of("/"), Path.of("/a/.."), Path.of("")}) {
      BuildException refused =
          assertThrows(
              BuildException.class, () -> HostPath.of(ResourceSpec.folder(path)), path::toString);
      assertTrue(refused.getMessage().contains("needs an absolute path below /"));
    }
  }

  @Test
  void aFileIsDeletedAndMayAlreadyBeMissing() throws Exception {
    Path file = Files.writeString(folder.resolve("image.raw"), "x");
    Path link = Files.createSymbolicLink(folder.resolve("link"), outside.resolve("precious"));
    FileResource type = new FileResource();

    type.release(ResourceSpec.file(file), CONTEXT);
    type.release(ResourceSpec.file(file), CONTEXT);
    type.release(ResourceSpec.file(link), CONTEXT);

    assertFalse(Files.exists(file));
    assertFalse(Files.isSymbolicLink(link));
    assertTrue(Files.exists(outside.resolve("precious")));
  }
}
