/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cleanup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoveBuildTracesTest {
  private static final String PACKAGE = "var/lib/dpkg/info/a.md5sums";

  @TempDir Path folder;
  private TestBuild build;
  private Root root;

  @BeforeEach
  void makeRoot() throws Exception {
    build = new TestBuild(new TestManifest(), folder);
    build.host().running();
    root = build.root();
    root.write(PACKAGE, "");
    Files.setLastModifiedTime(
        root.resolve(PACKAGE), FileTime.from(Instant.ofEpochSecond(86_400L * 20_000 + 5)));
  }

  @Test
  void aPasswordIsNotNewerThanTheImageAndTheFileStaysPrivate() throws Exception {
    root.write(
        "etc/shadow", "root:*:20779:0:99999:7:::\nold:!:19000::::::\nnever:x::0:::::\n", 0640);
    new RemoveBuildTraces().run(build);
    assertEquals(
        "root:*:20000:0:99999:7:::\nold:!:19000::::::\nnever:x::0:::::\n", root.read("etc/shadow"));
    assertEquals(
        "rw-r-----",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("etc/shadow"))));
  }

  @Test
  void backupsAndTheCacheOfLdconfigAreDeletedAndLogsEmptied() throws Exception {
    for (String file :
        new String[] {
          "etc/passwd-",
          "etc/gshadow-",
          "var/lib/dpkg/status-old",
          "var/cache/debconf/templates.dat-old",
          "var/cache/ldconfig/aux-cache"
        }) {
      root.write(file, "x");
      new RemoveBuildTraces().run(build);
      assertFalse(root.exists(file), file);
    }
    root.write("etc/passwd", "x");
    root.write("var/lib/dpkg/status", "x");
    root.write("var/log/a/b.log", "x", 0600);
    new RemoveBuildTraces().run(build);
    assertTrue(root.exists("etc/passwd") && root.exists("var/lib/dpkg/status"));
    assertEquals("", root.read("var/log/a/b.log"));
  }
}
