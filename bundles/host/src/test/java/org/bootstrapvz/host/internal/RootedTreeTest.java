/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootedTreeTest {
  @TempDir Path base;

  private String resolved(String path) throws IOException {
    return base.relativize(new RootedTree(base).resolve(path, true)).toString();
  }

  private void link(String path, String target) throws IOException {
    Files.createDirectories(base.resolve(path).getParent());
    Files.createSymbolicLink(base.resolve(path), Path.of(target));
  }

  @Test
  void absoluteLinksStartAtTheTree() throws IOException {
    link("etc/resolv.conf", "/run/resolv.conf");
    assertEquals("run/resolv.conf", resolved("/etc/resolv.conf"));
    assertEquals("run/resolv.conf", resolved("etc//./resolv.conf"));
  }

  @Test
  void dotsNeverLeaveTheTree() throws IOException {
    link("etc/up", "../../../../no/such");
    assertEquals("no/such", resolved("etc/up"));
    assertEquals("x", resolved("../../x"));
  }

  @Test
  void dotsAfterALinkAreResolvedFromItsTarget() throws IOException {
    Files.createDirectories(base.resolve("usr/lib"));
    link("lib", "usr/lib");
    assertEquals("usr/bin", resolved("lib/../bin"));
  }

  @Test
  void linksInTheMiddleAreFollowedAndTheLastOneOnlyOnRequest() throws IOException {
    link("a", "/b");
    link("b/c", "d");
    RootedTree tree = new RootedTree(base);
    assertEquals(base.resolve("b/d"), tree.resolve("a/c", true));
    assertEquals(base.resolve("b/c"), tree.resolve("a/c", false));
    assertEquals(base.resolve("b/c"), tree.resolve("a/c/", false));
  }

  @Test
  void aCycleOfLinksIsAnError() throws IOException {
    link("a", "b");
    link("b", "/a");
    assertThrows(FileSystemLoopException.class, () -> resolved("a"));
  }

  @Test
  void theTreeItselfHasTheNameSlashInside() {
    assertEquals(Path.of("/"), new RootedTree(base).inside(base));
    assertEquals(Path.of("/etc/fstab"), new RootedTree(base).inside(base.resolve("etc/fstab")));
  }
}
