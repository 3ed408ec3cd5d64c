/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeCopyTest {
  @TempDir Path folder;
  private Path source;
  private Root root;

  @BeforeEach
  void open() throws Exception {
    source = Files.createDirectories(folder.resolve("source"));
    root = new TestBuild(new TestManifest(), folder).root();
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(path)));
  }

  @Test
  void aTreeIsMergedIntoADirectoryThatKeepsItsModeAndItsOtherFiles() throws Exception {
    root.makeDirectory("etc/tool", 0755);
    root.write("etc/tool/kept", "kept");
    root.write("etc/tool/replaced", "old");
    Files.writeString(source.resolve("replaced"), "new");
    Files.writeString(Files.createDirectory(source.resolve("more")).resolve("file"), "more");
    Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(
        source.resolve("more"), PosixFilePermissions.fromString("rwxr-x---"));

    TreeCopy.into(root, source, "etc/tool");

    assertEquals("kept", root.read("etc/tool/kept"));
    assertEquals("new", root.read("etc/tool/replaced"));
    assertEquals("more", root.read("etc/tool/more/file"));
    assertEquals("rwxr-xr-x", mode("etc/tool"));
    assertEquals("rwxr-x---", mode("etc/tool/more"));
  }

  @Test
  void aFileInThePlaceOfADirectoryIsReplaced() throws Exception {
    root.write("etc/tool", "a file");
    Files.writeString(source.resolve("file"), "inside");

    TreeCopy.into(root, source, "etc/tool");

    assertEquals("inside", root.read("etc/tool/file"));
  }

  @Test
  void aLinkToTheSourceIsFollowedAndOneInsideIsCopied() throws Exception {
    Files.createSymbolicLink(source.resolve("link"), Path.of("/nowhere"));
    Path link = Files.createSymbolicLink(folder.resolve("to-source"), source);

    TreeCopy.into(root, link, "etc/tool");

    Path copy = root.resolve("etc/tool").resolve("link");
    assertEquals(Path.of("/nowhere"), Files.readSymbolicLink(copy));
  }

  @Test
  void aDirectoryIsNotReplacedByAFile() throws Exception {
    root.makeDirectory("etc/tool/file", 0755);
    Files.writeString(source.resolve("file"), "");

    BuildException e =
        assertThrows(BuildException.class, () -> TreeCopy.into(root, source, "etc/tool"));

    assertTrue(
        e.getMessage().startsWith("The image has a directory /etc/tool/file, but "),
        e.getMessage());
  }
}
