/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cleanup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanupTest {
  @TempDir Path folder;
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    build = new TestBuild(new TestManifest(), folder);
  }

  @Test
  void theMessageOfTheDayThatIsClearedIsTheImageSNotTheBuildHostS() throws Exception {
    Path outside = Files.writeString(folder.resolve("motd"), "of the build host");
    build.root().symlink("etc/motd", outside.toString());

    new ClearMOTD().run(build);

    assertEquals("", build.root().read("etc/motd"));
    assertEquals("of the build host", Files.readString(outside));
  }

  @Test
  void everyMachineGetsAnIdOfItsOwn() throws Exception {
    build.root().write("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
    build.root().write("var/lib/dbus/machine-id", "0123456789abcdef0123456789abcdef\n");

    new ClearMachineId().run(build);

    // An empty file is filled at boot; if it were missing, systemd would assume a first boot.
    assertEquals("", build.root().read("etc/machine-id"));
    assertEquals(
        "r--r--r--",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("root/etc/machine-id"))));
    assertEquals("", build.root().read("var/lib/dbus/machine-id"));
    assertTrue(Files.isSymbolicLink(folder.resolve("root/var/lib/dbus/machine-id")));
  }

  @Test
  void anImageWithoutDbusGetsNoDirectoryForIt() throws Exception {
    new ClearMachineId().run(build);

    assertFalse(build.root().exists("var/lib/dbus"));
  }

  @Test
  void temporaryFilesAndLogsOfTheInstallationAreDeletedAndNothingElse() throws Exception {
    build.root().write("tmp/.hidden/file", "");
    build.root().write("var/tmp/file", "");
    build.root().write("var/log/dpkg.log", "");
    build.root().write("var/log/apt/history.log", "");
    build.root().write("var/log/apt/eipp.log.xz", "");
    build.root().write("var/log/wtmp", "");
    build.root().write("run/systemd/resolve/stub-resolv.conf", "nameserver 192.0.2.1\n");
    build.root().write("run/lock/file", "");
    build.root().chmod("tmp", 01777);

    new CleanTMP().run(build);

    assertEquals(List.of(), build.root().list("tmp"));
    assertEquals(01777, (int) Files.getAttribute(folder.resolve("root/tmp"), "unix:mode") & 07777);
    assertEquals(List.of(), build.root().list("var/tmp"));
    assertEquals(List.of("lock"), build.root().list("run"));
    assertEquals(List.of(), build.root().list("run/lock"));
    assertEquals(List.of("apt", "wtmp"), build.root().list("var/log"));
    assertEquals(List.of(), build.root().list("var/log/apt"));
  }

  @Test
  void theMarkerOfAContainerStays() throws Exception {
    build.root().write("run/systemd/container", "docker");
    build.root().write("run/systemd/resolve/stub-resolv.conf", "nameserver 192.0.2.1\n");

    new CleanTMP().run(build);

    assertEquals(List.of("systemd"), build.root().list("run"));
    assertEquals(List.of("container"), build.root().list("run/systemd"));
  }
}
