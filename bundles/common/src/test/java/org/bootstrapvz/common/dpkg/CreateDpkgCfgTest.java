/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.dpkg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreateDpkgCfgTest {
  @TempDir Path folder;

  @Test
  void anExistingDirectoryIsKeptWithItsContent() throws Exception {
    TestBuild build = new TestBuild(new TestManifest(), folder);
    build.root().write("etc/dpkg/dpkg.cfg.d/docs", "path-exclude=/usr/share/doc/*\n");

    new CreateDpkgCfg().run(build);

    assertEquals("path-exclude=/usr/share/doc/*\n", build.root().read("etc/dpkg/dpkg.cfg.d/docs"));
    assertEquals(
        0755,
        (int) Files.getAttribute(folder.resolve("root/etc/dpkg/dpkg.cfg.d"), "unix:mode") & 07777);
  }
}
