/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateDirectoryTest {
  /** No user of this machine. */
  private static final int STRANGER = 61_234;

  @TempDir private Path temporary;
  private Path folder;
  private String self;

  @BeforeEach
  void resolveLinks() throws Exception {
    folder = temporary.toRealPath();
    self = Files.getOwner(folder).getName();
  }

  @Test
  void missingDirectoriesAreCreatedForTheirOwnerOnly() throws Exception {
    Path wanted = folder.resolve("a/b/c");
    assertEquals(wanted, PrivateDirectory.create(wanted).path());
    for (String each : new String[] {"a", "a/b", "a/b/c"}) {
      assertEquals("rwx------", mode(folder.resolve(each)), each);
    }
  }

  @Test
  void anExistingDirectoryIsUsedAsItIs() throws Exception {
    Path existing = make("existing", 0755);
    assertEquals(existing, PrivateDirectory.create(existing).path());
    assertEquals(existing, PrivateDirectory.open(existing).path());
    assertEquals("rwxr-xr-x", mode(existing));
  }

  @Test
  void openingCreatesNothing() {
    Path missing = folder.resolve("missing");
    assertThrows(NoSuchFileException.class, () -> PrivateDirectory.open(missing));
    assertFalse(Files.exists(missing));
  }

  @Test
  void aDirectoryThatOthersCanWriteToIsRefusedWithTheRemedy() throws Exception {
    Path shared = make("shared", 0777);
    assertEquals(
        "The directory %s belongs to %s and has mode 0777, so other users can replace what is in it; use a directory of your own, or check its content and run: chmod go-w %s"
            .formatted(shared, self, shared),
        refusal(shared));
  }

  @Test
  void aStickyDirectoryIsRefusedItselfButNotAboveAnother() throws Exception {
    Path shared = make("shared", 01777);
    assertTrue(refusal(shared).contains("mode 1777"));
    assertEquals(shared.resolve("own"), PrivateDirectory.create(shared.resolve("own")).path());
  }

  @Test
  void aDirectoryBelowOneThatOthersCanWriteToIsRefused() throws Exception {
    Path shared = make("shared", 0777);
    make("shared/own", 0700);
    assertTrue(refusal(shared.resolve("own")).startsWith("The directory " + shared + " belongs"));
  }

  @Test
  void aDirectoryThatAGroupOfOthersCanWriteToIsRefused() throws Exception {
    assumeRoot();
    Path shared = make("shared", 0770);
    Files.setAttribute(shared, "unix:gid", STRANGER);
    assertTrue(refusal(shared).contains("mode 0770"));
  }

  @Test
  void aDirectoryThatTheGroupOfItsOwnerCanWriteToIsAccepted() throws Exception {
    assumeRoot();
    Path own = make("own", 0775);
    Files.setAttribute(own, "unix:gid", 0);
    assertEquals(own, PrivateDirectory.open(own).path());
  }

  @Test
  void aDirectoryOfAnotherUserIsRefusedWithOwnerModeAndRemedy() throws Exception {
    assumeRoot();
    Path foreign = make("foreign", 0700);
    Files.setAttribute(foreign, "unix:uid", STRANGER);
    assertEquals(
        "The directory %s belongs to %s and has mode 0700, so another user can replace what is in it; use a directory of your own, or check its content and run: chown -R root %s"
            .formatted(foreign, STRANGER, foreign),
        refusal(foreign));
    assertEquals(
        refusal(foreign), refusal(foreign.resolve("below")), "nothing is created in it either");
    assertFalse(Files.exists(foreign.resolve("below")));
  }

  @Test
  void anOwnLinkIsFollowedAndWhatItLeadsThroughIsChecked() throws Exception {
    Path target = make("target", 0700);
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("target/../target/."));
    assertEquals(target, PrivateDirectory.create(link).path());
    assertEquals(target.resolve("x"), PrivateDirectory.create(link.resolve("x")).path());
    make("shared", 0777);
    make("shared/own", 0700);
    Path other = Files.createSymbolicLink(folder.resolve("other"), folder.resolve("shared/own"));
    assertTrue(refusal(other).startsWith("The directory " + folder.resolve("shared ")));
  }

  @Test
  void aLinkOfAnotherUserIsRefusedWhateverItLeadsTo() throws Exception {
    assumeRoot();
    make("shared", 01777);
    Path link = Files.createSymbolicLink(folder.resolve("shared/link"), make("target", 0700));
    Files.setAttribute(link, "unix:uid", STRANGER, java.nio.file.LinkOption.NOFOLLOW_LINKS);
    assertEquals(
        "The symbolic link %s belongs to %s and has mode 0777, so another user chooses where it leads; delete it"
            .formatted(link, STRANGER),
        refusal(link));
  }

  @Test
  void aLinkToItselfAndAFileAreErrors() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("link"));
    assertEquals(link + ": Too many levels of symbolic links", error(link));
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(file + ": Not a directory", error(file));
    assertEquals(file + ": Not a directory", error(file.resolve("x")));
  }

  private static String error(Path directory) {
    return assertThrows(FileSystemException.class, () -> PrivateDirectory.create(directory))
        .getMessage();
  }

  @Test
  void aFileIsCheckedForItsTypeOwnerAndMode() throws Exception {
    PrivateDirectory directory = PrivateDirectory.open(folder);
    Path file = Files.createFile(folder.resolve("file"));
    mode(file, 0644);
    assertEquals(file, directory.checkedFile("file"));
    mode(file, 0666);
    assertEquals(
        "%s belongs to %s and has mode 0666, but must be a regular file of %s that others cannot write to; check where it comes from, and delete it"
            .formatted(file, self, self),
        assertThrows(UnsafePathException.class, () -> directory.checkedFile("file")).getMessage());
    Files.createSymbolicLink(folder.resolve("link"), make("target", 0700));
    assertThrows(UnsafePathException.class, () -> directory.checkedFile("link"));
    assertThrows(UnsafePathException.class, () -> directory.checkedFile("target"));
    assertThrows(NoSuchFileException.class, () -> directory.checkedFile("missing"));
  }

  @Test
  void aFileOfAnotherUserIsRefused() throws Exception {
    assumeRoot();
    Files.setAttribute(Files.createFile(folder.resolve("file")), "unix:uid", STRANGER);
    PrivateDirectory directory = PrivateDirectory.open(folder);
    assertTrue(
        assertThrows(UnsafePathException.class, () -> directory.checkedFile("file"))
            .getMessage()
            .contains("belongs to " + STRANGER));
  }

  private static void assumeRoot() {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can give files away");
  }

  private Path make(String name, int mode) throws IOException {
    return mode(Files.createDirectory(folder.resolve(name)), mode);
  }

  private static Path mode(Path path, int mode) throws IOException {
    return Files.setAttribute(path, "unix:mode", mode);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static String refusal(Path directory) {
    return assertThrows(UnsafePathException.class, () -> PrivateDirectory.create(directory))
        .getMessage();
  }
}
