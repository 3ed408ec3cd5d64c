/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootTest {
  private static final String WANTS = "etc/systemd/system/getty.target.wants/";

  @TempDir Path folder;
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    build = new TestBuild(new TestManifest(), folder);
  }

  @Test
  void modulesAreBlacklistedInAdditionToThoseOfOtherFiles() throws Exception {
    build.root().write("etc/modprobe.d/blacklist.conf", "blacklist foo\n");

    new BlackListModules().run(build);

    assertEquals(
        "blacklist foo\nblacklist pcspkr\nblacklist floppy\n",
        build.root().read("etc/modprobe.d/blacklist.conf"));
  }

  @Test
  void modulesAreBlacklistedInAnImageThatHasNoSuchFileYet() throws Exception {
    new BlackListModules().run(build);

    assertTrue(build.root().isFile("etc/modprobe.d/blacklist.conf"));
  }

  @Test
  void noLoginRunsOnAVirtualTerminalNorIsStartedOnDemand() throws Exception {
    build.root().symlink(WANTS + "getty@tty1.service", "/lib/systemd/system/getty@.service");
    build
        .root()
        .symlink(WANTS + "serial-getty@ttyS0.service", "/lib/systemd/system/serial-getty@.service");

    new DisableGetTTYs().run(build);

    assertEquals(List.of("serial-getty@ttyS0.service"), build.root().list(WANTS));
    String settings = build.root().read("etc/systemd/logind.conf.d/no-virtual-terminals.conf");
    assertEquals("[Login]\nNAutoVTs=0\nReserveVT=0\n", settings);
  }

  @Test
  void anImageWithoutALoginOnTheScreenIsNotAnError() throws Exception {
    new DisableGetTTYs().run(build);

    assertFalse(build.root().exists(WANTS));
  }
}
