/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRootTest {
  @TempDir Path folder;
  private TestRoot root;

  @BeforeEach
  void make() {
    root = new TestSandbox().root(folder.resolve("root"));
  }

  @Test
  void noLinkLeadsOutOfTheRoot() throws IOException {
    Files.writeString(folder.resolve("secret"), "of the host");
    root.symlink("etc/absolute", folder.resolve("secret").toString());
    root.symlink("etc/relative", "../../secret");

    root.write("etc/absolute", "a");
    root.write("etc/relative", "b");

    assertEquals("of the host", Files.readString(folder.resolve("secret")));
    assertEquals("b", root.read("/secret"));
    assertEquals("a", root.read(folder.resolve("secret").toString()));
  }

  @Test
  void aCycleOfLinksIsAnError() throws IOException {
    root.symlink("a", "b");
    root.symlink("b", "a");
    assertThrows(FileSystemLoopException.class, () -> root.read("a"));
  }

  @Test
  void nothingIsWrittenUnlessTheExpressionHasTheExpectedNumberOfMatches() throws Exception {
    root.write("etc/conf", "a=1\nb=1\n");

    BuildException failure =
        assertThrows(BuildException.class, () -> root.replace("etc/conf", "=1$", "=2", 1));
    assertEquals("etc/conf: =1$ matches 2 times instead of 1", failure.getMessage());
    root.replace("etc/conf", "=1$", "=2", 2);

    assertEquals("a=2\nb=2\n", root.read("etc/conf"));
  }

  @Test
  void filesHaveTheirModes() throws IOException {
    root.write("usr/bin/tool", "x", 04755);
    root.append("var/log", "x");
    root.append("var/log", "y");

    assertEquals(04755, mode("usr/bin/tool"));
    assertEquals(0755, mode("usr/bin"));
    assertEquals(0644, mode("var/log"));
    assertEquals("xy", root.read("var/log"));
  }

  private int mode(String path) throws IOException {
    return (Integer) Files.getAttribute(root.resolve(path), "unix:mode") & 07777;
  }

  @Test
  void deletingALinkKeepsItsTarget() throws IOException {
    root.write("data/file", "x");
    root.symlink("link", "data");

    assertTrue(root.delete("link"));
    assertFalse(root.delete("link"));
    assertEquals(List.of("file"), root.list("data"));
    assertTrue(root.delete("data"));
    assertEquals(List.of(), root.list("data"));
  }
}
