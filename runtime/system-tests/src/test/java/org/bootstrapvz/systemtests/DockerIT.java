/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.bootstrapvz.systemtests.ContainerExample.FILE;
import static org.bootstrapvz.systemtests.ContainerExample.PASSWORD;
import static org.bootstrapvz.systemtests.ContainerExample.assertContains;
import static org.bootstrapvz.systemtests.ContainerExample.digest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The example of a container image, built twice, pushed to a registry, inspected and run with
 * independent tools.
 */
@Order(3)
@ExtendWith(ContainerExample.Resolver.class)
class DockerIT {
  private final ContainerExample example;

  DockerIT(ContainerExample example) {
    this.example = example;
  }

  @Test
  void skopeoReadsLayoutAndArchive() throws Exception {
    String layout = example.run("skopeo", "inspect", "oci:first.oci:latest");
    assertContains(
        layout,
        "\"Digest\": \"" + digest(example.layout()) + "\"",
        "\"Architecture\": \"amd64\"",
        "\"summary\": \"Debian trixie\"",
        "\"name\": \"debian-trixie-amd64:latest\"",
        "\"distribution-scope\": \"public\"");
    assertContains(
        example.run("skopeo", "inspect", "--config", "docker-archive:images/" + FILE + ".tar"),
        "\"bash\"",
        "\"PATH=/usr/local/sbin:",
        "\"LANG=C.UTF-8\"");
    example.run(
        "skopeo", "--insecure-policy", "copy", "docker-archive:images/" + FILE + ".tar", "dir:dir");
  }

  @Test
  void theRegistryHasTheSameDigests() throws Exception {
    example.run(
        "skopeo",
        "--insecure-policy",
        "copy",
        "--src-tls-verify=false",
        "--src-creds=builder:" + PASSWORD,
        "docker://" + example.address() + "/team/debian:trixie",
        "oci:pulled:trixie");
    Path ours = example.layout();
    assertEquals(digest(ours), digest(example.folder().resolve("pulled")));
    assertContains(
        example.output(),
        "Pushed to " + example.address() + "/team/debian:trixie, " + digest(ours));
  }

  @Test
  void aSecondBuildOnAMachineOfAnotherNameGivesTheSameDigestsAndSendsNothingAgain()
      throws Exception {
    String second =
        example.buildElsewhere("second", example.pushing("team/debian:again", PASSWORD));
    assertEquals(digest(example.layout()), digest(example.images().resolve(FILE + ".oci")));
    assertContains(second, "The registry has sha256:");
    assertFalse(second.contains("Sending"), second);
  }

  @Test
  void theContainerRunsBashAsRoot() throws Exception {
    Path bundle = unpack();
    Path configuration = bundle.resolve("config.json");
    String text = Files.readString(configuration);
    Files.writeString(configuration, text.replace("\"terminal\": true", "\"terminal\": false"));
    String said =
        example.runWith(
            "echo \"$BASH $PATH\"; id --user; . /etc/os-release; echo $VERSION_CODENAME; dpkg --audit;"
                + " dpkg-query --show --showformat='${Package}\\n'; echo end",
            "runc",
            "run",
            "--bundle=" + bundle,
            "bootstrap-vz-test-" + ProcessHandle.current().pid());
    List<String> lines = said.lines().toList();
    assertEquals(
        "/usr/bin/bash /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", lines.get(0));
    assertEquals("0", lines.get(1));
    assertEquals("trixie", lines.get(2));
    assertTrue(lines.contains("apt"), said);
    for (String needless : List.of("init", "systemd", "udev", "initramfs-tools", "locales")) {
      assertFalse(lines.contains(needless), needless);
    }
    assertTrue(lines.stream().noneMatch(line -> line.startsWith("linux-image")), said);
    assertEquals("end", lines.get(lines.size() - 1));
  }

  private Path unpack() throws Exception {
    Path bundle = example.folder().resolve("bundle");
    if (!Files.exists(bundle)) {
      example.run("umoci", "unpack", "--image", "first.oci:latest", bundle.toString());
    }
    return bundle;
  }

  @Test
  void ownersModesLinksDevicesAndCapabilitiesAreInTheImage() throws Exception {
    Path root = unpack().resolve("rootfs");
    assertEquals(
        "0:42 640 regular file\n0:0 4755 regular file\n0:0 1777 directory\n0:0 777 symbolic link\n",
        example.run(
            "stat",
            "--format=%u:%g %a %F",
            root + "/etc/shadow",
            root + "/usr/bin/su",
            root + "/tmp",
            root + "/bin"));
    assertEquals(
        Files.getAttribute(root.resolve("usr/bin/perl"), "unix:ino"),
        Files.getAttribute(
            root.resolve("usr/bin/" + perl(root)), "unix:ino", LinkOption.NOFOLLOW_LINKS),
        "hard links stay what they are");
    for (String gone :
        List.of(
            "etc/hostname",
            "etc/resolv.conf",
            "var/lib/dpkg/status-old",
            "etc/passwd-",
            "boot/vmlinuz")) {
      assertFalse(Files.exists(root.resolve(gone), LinkOption.NOFOLLOW_LINKS), gone);
    }
    assertEquals(
        "character special file 1,3\n",
        example.run("stat", "--format=%F %t,%T", root + "/srv/null"));
    assertContains(example.run("getcap", root + "/srv/ping"), "cap_net_raw=ep");
    assertEquals("docker", Files.readString(root.resolve("run/systemd/container")));
    assertEquals("", example.run("find", root + "/var/log", "-type", "f", "-size", "+0"));
    assertEquals("", example.run("find", root + "/dev", "-mindepth", "1"));
  }

  private static String perl(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("usr/bin"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("perl5\\.\\d+\\.\\d+"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void itIsSmall() throws Exception {
    Path root = unpack().resolve("rootfs");
    long all = megabytes(root);
    long documentation = 0;
    for (String folder : List.of("doc", "man", "info", "locale")) {
      Path path = root.resolve("usr/share").resolve(folder);
      documentation += Files.exists(path) ? megabytes(path) : 0;
    }
    System.out.println(
        "The unpacked image has "
            + all
            + " MB, "
            + documentation
            + " MB of it manuals, documentation and translations");
    assertTrue(all < 130 && all - documentation < 90, all + " MB, " + documentation + " MB");
  }

  private long megabytes(Path folder) throws Exception {
    String bytes = example.run("du", "--summarize", "--bytes", folder.toString()).split("\\s")[0];
    return Long.parseLong(bytes) / 1_000_000;
  }

  @Test
  void aWrongPasswordIsReportedBeforeAnythingIsBuilt() throws Exception {
    String output = example.build("wrong", example.pushing("team/debian:wrong", "Red-Herring"), 3);
    assertContains(output, "registry.CheckRegistry", "did not accept the login", "provider.push");
    assertFalse(output.contains("Installing the base system"), output);
    assertFalse(output.contains("Red-Herring"), output);
  }

  @Test
  void wrongInstructionsAreReportedWithTheirLines() throws Exception {
    List<String> lines = new ArrayList<>(example.manifest().lines().toList());
    int instruction = lines.indexOf("    - ENV LANG=C.UTF-8");
    lines.set(instruction, "    - EVN LANG=C.UTF-8\n    - EXPOSE http");
    assertContains(
        example.build("errors", String.join("\n", lines) + "\n", 1),
        "errors.yml:" + (instruction + 1) + ":",
        "Did you mean ENV?",
        "errors.yml:" + (instruction + 2) + ":",
        "is not a port");
  }

  @Test
  void settingsOfAptInTheManifestApplyToTheInstallationOfTheBaseSystem() throws Exception {
    String expired =
        """
        packages:
          apt.conf.d: {00valid: 'Acquire::Max-ValidTime "1";'}
        """;
    String output =
        example.build(
            "expired", example.manifest().replace("release: trixie", "release: sid") + expired, 3);
    assertContains(output, "bootstrap.Bootstrap", "is expired");
  }
}
