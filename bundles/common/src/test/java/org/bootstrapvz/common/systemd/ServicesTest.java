/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServicesTest {
  @TempDir Path folder;
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    build = new TestBuild(new TestManifest(), folder);
  }

  @Test
  void unitsAreInstalledAndEnabledWithOneCommand() throws Exception {
    build.provide(SystemdUnit.class, new SystemdUnit("a.service", "[Unit]\n"));
    build.provide(SystemdUnit.class, new SystemdUnit("b.timer", "[Timer]\n"));

    new InstallUnits().run(build);

    assertEquals("[Unit]\n", build.root().read("etc/systemd/system/a.service"));
    assertEquals("[Timer]\n", build.root().read("etc/systemd/system/b.timer"));
    assertEquals(List.of("systemctl enable a.service b.timer"), build.host().imageCommandLines());
  }

  @Test
  void withoutUnitsNothingIsRun() throws Exception {
    new InstallUnits().run(build);

    assertEquals(List.of(), build.host().imageCommandLines());
  }

  @Test
  void theRootVolumeGrowsBeforeAnythingElseIsMounted() throws Exception {
    new AddGrowpartPackage().run(build);
    new AddExpandRoot().run(build);

    assertEquals(
        List.of("cloud-guest-utils", "fdisk"),
        build.all(PackageRequest.class).stream().map(PackageRequest::toString).toList());
    SystemdUnit unit = build.require(SystemdUnit.class);
    assertEquals("expand-root.service", unit.name());
    List<String> lines = unit.content().lines().toList();
    assertTrue(lines.contains("ExecStart=/usr/local/sbin/expand-root"), unit.content());
    assertTrue(lines.contains("WantedBy=local-fs.target"), unit.content());
    assertTrue(lines.contains("DefaultDependencies=no"), unit.content());
    assertEquals(
        "rwxr-xr-x",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("root/usr/local/sbin/expand-root"))));
  }

  @Test
  void thePartitionThatGrowsIsTheOneTheMachineBootedFromNotTheBuildHostS() throws Exception {
    plantPartition("vdb/vdb3", "3");

    assertEquals(List.of("growpart /dev/vdb 3", "growfs /"), ran("/dev/vdb3", 0));
  }

  @Test
  void disksWhosePartitionsHaveALetterInTheirNamesGrowToo() throws Exception {
    plantPartition("nvme0n1/nvme0n1p1", "1");

    assertEquals(List.of("growpart /dev/nvme0n1 1", "growfs /"), ran("/dev/nvme0n1p1", 0));
  }

  @Test
  void aPartitionThatFillsItsDiskIsNotAFailure() throws Exception {
    plantPartition("vda/vda1", "1");

    assertEquals(List.of("growpart /dev/vda 1", "growfs /"), ran("/dev/vda1", 1));
  }

  @Test
  void aPartitionThatCannotGrowFailsTheService() throws Exception {
    plantPartition("vda/vda1", "1");

    assertEquals(List.of("growpart /dev/vda 1", "failed"), ran("/dev/vda1", 2));
  }

  @Test
  void aFilesystemOnAWholeDiskGrowsAlone() throws Exception {
    Files.createDirectories(folder.resolve("devices/vda"));
    plantLink("vda", "vda");

    assertEquals(List.of("growfs /"), ran("/dev/vda", 0));
  }

  private void plantPartition(String device, String number) throws Exception {
    Path place = Files.createDirectories(folder.resolve("devices").resolve(device));
    Files.writeString(place.resolve("partition"), number + "\n");
    plantLink(place.getFileName().toString(), device);
  }

  private void plantLink(String name, String device) throws Exception {
    Path links = Files.createDirectories(folder.resolve("sys/class/block"));
    Files.createSymbolicLink(links.resolve(name), folder.resolve("devices").resolve(device));
  }

  /**
   * Runs the script with the devices of the test instead of those of the machine; returns the
   * commands that it ran.
   */
  private List<String> ran(String device, int growpart) throws Exception {
    new AddExpandRoot().run(build);
    Path log = Files.writeString(folder.resolve("log"), "");
    plantProgram("findmnt", "echo " + device);
    plantProgram("growpart", "echo growpart \"$@\" >>" + log + "; exit " + growpart);
    plantProgram("growfs", "echo growfs \"$@\" >>" + log);
    String script = build.root().read("usr/local/sbin/expand-root");
    assertTrue(script.contains("/sys/class") && script.contains("/lib/systemd/systemd-growfs"));
    Path copy =
        Files.writeString(
            folder.resolve("expand-root"),
            script
                .replace("/sys/class", folder + "/sys/class")
                .replace("/lib/systemd/systemd-growfs", "growfs"));
    ProcessBuilder builder = new ProcessBuilder("sh", copy.toString()).inheritIO();
    builder.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    if (builder.start().waitFor() != 0) {
      Files.writeString(log, Files.readString(log) + "failed\n");
    }
    return Files.readAllLines(log);
  }

  private void plantProgram(String name, String text) throws Exception {
    Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @ParameterizedTest
  @CsvSource({"true, false, true", "true, true, false", "false, true, false", "false, false, true"})
  void theRootGrowsByItselfWhereCloudInitDoesNotRun(
      boolean cloudInit, boolean expandRoot, boolean conditional) throws Exception {
    TestManifest manifest = new TestManifest();
    if (cloudInit) {
      manifest.with("plugins.cloud_init.username", "ada");
    }
    if (expandRoot) {
      manifest.with("plugins.expand_root.filesystem_type", "ext4");
    }
    Path other = Files.createDirectory(folder.resolve("other"));
    TestBuild of = new TestBuild(manifest, other);

    new AddExpandRoot().run(of);

    assertEquals(
        conditional,
        of.require(SystemdUnit.class)
            .content()
            .contains("\nConditionPathExists=!/run/cloud-init/enabled\n"));
  }
}
