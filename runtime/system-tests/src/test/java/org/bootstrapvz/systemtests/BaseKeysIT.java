/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The effect of the keys of every manifest on an image. The images are directories, so that they
 * can be inspected without booting.
 */
class BaseKeysIT {
  private static final Path HOST_KEYS = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");

  private Distribution distribution;
  private Path root;

  private void build(String name, String manifest) throws Exception {
    distribution = new Distribution("base-keys-" + name);
    Files.copy(
        HOST_KEYS, distribution.folder().resolve("own.gpg"), StandardCopyOption.REPLACE_EXISTING);
    String text = manifest.replace("{folder}", distribution.folder().toString());
    Distribution.Outcome built =
        distribution.run("build", distribution.manifest("keys.yml", text).toString());
    assertEquals(0, built.status(), built.output());
    assertEquals(List.of(), distribution.leftovers());
    root = distribution.folder().resolve("images/keys-" + name + ".folder");
    assertEquals(List.of(root), distribution.workspaces());
    assertTrue(built.output().contains(root.toString()), built.output());
  }

  private String read(String file) throws IOException {
    return Files.readString(root.resolve(file));
  }

  private TreeSet<String> packages() throws IOException {
    return Pattern.compile("(?m)^Package: (.*)\n(?:.+\n)*?Status: install ok installed$")
        .matcher(read("var/lib/dpkg/status"))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void makePackage(Path folder) throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tool/DEBIAN"));
    Files.writeString(
        tree.resolve("control"),
        "Package: our-tool\nVersion: 1\nArchitecture: all\nMaintainer: A <a@example.org>\n"
            + "Description: a tool\n");
    Process process =
        new ProcessBuilder("dpkg-deb", "--build", "tool", "tool.deb")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), output);
  }

  @Test
  void everyKeyTakesEffectInAFullSystemOfBookworm() throws Exception {
    makePackage(new Distribution("base-keys-full").folder());
    build(
        "full",
        """
        name: keys-full
        provider: {name: kvm}
        bootstrapper:
          workspace: images
          tarball: true
          include_packages: [netbase]
          exclude_packages: [nano]
        system:
          release: bookworm
          architecture: amd64
          bootloader: none
          charmap: ISO-8859-15
          locale: de_DE@euro
          timezone: Europe/Berlin
          hostname: keys-{system.release}
          network: ifupdown
        packages:
          components: [main, contrib]
          include-source-type: true
          install: [hello, "sl/{system.release}", "{{folder}/tool.deb"]
          install_standard: true
          sources:
            more: ["deb {apt_mirror} {system.release}-backports main"]
          trusted-keys: [own.gpg]
          apt.conf.d: {99ours: 'Acquire::Retries "7";'}
          preferences:
            ours: [{package: "*", pin: release n=bookworm-backports, pin-priority: 123}]
        volume:
          backing: folder
          partitions: {type: none, root: {filesystem: ext4, size: 4GiB}}
        """
            .replace("{{folder}", "{folder}"));

    var packages = packages();
    for (String name :
        List.of("netbase", "hello", "sl", "our-tool", "ifupdown", "bash-completion")) {
      assertTrue(packages.contains(name), name + " in " + packages);
    }
    assertFalse(packages.contains("nano"), "excluded");
    assertEquals("keys-bookworm\n", read("etc/hostname"));
    assertTrue(read("etc/hosts").contains("keys-bookworm"));
    assertEquals("Europe/Berlin\n", read("etc/timezone"));
    assertTrue(
        Files.readSymbolicLink(root.resolve("etc/localtime")).endsWith("zoneinfo/Europe/Berlin"));
    assertEquals("LANG=de_DE.ISO-8859-15@euro\n", read("etc/default/locale"));
    assertTrue(read("etc/network/interfaces").contains("iface dhcp inet dhcp"));

    String sources = read("etc/apt/sources.list");
    assertTrue(sources.matches("(?s)deb \\S.* bookworm main contrib\n.*"), sources);
    assertTrue(sources.contains("\ndeb-src "), sources);
    assertTrue(sources.contains(" bookworm-security main contrib\n"), sources);
    assertTrue(read("etc/apt/sources.list.d/more.list").contains(" bookworm-backports main\n"));
    assertEquals("Acquire::Retries \"7\";\n", read("etc/apt/apt.conf.d/99ours"));
    assertEquals(
        "Package: *\nPin: release n=bookworm-backports\nPin-Priority: 123\n\n",
        read("etc/apt/preferences.d/ours"));
    try (var files = Files.walk(root.resolve("etc/apt"))) {
      assertTrue(files.anyMatch(file -> file.endsWith("own.gpg")), "the trusted key");
    }
    try (var files = Files.list(root.resolveSibling("."))) {
      assertTrue(
          files.anyMatch(
              file -> file.getFileName().toString().matches("base-bookworm-amd64-.*\\.tar")),
          "the archive of the base system");
    }
  }

  @Test
  void everyKeyTakesEffectInAMinimalSystemOfTrixie() throws Exception {
    build(
        "minimal",
        """
        name: keys-minimal
        provider: {name: kvm}
        bootstrapper:
          workspace: images
          variant: minbase
          include_packages: [netbase]
          keyring: own.gpg
          force-check-gpg: true
        system:
          release: trixie
          architecture: amd64
          bootloader: none
          charmap: UTF-8
          locale: en_US
          timezone: UTC
        packages:
          trusted-keys: [own.gpg]
        volume:
          backing: folder
          partitions: {type: none, root: {filesystem: ext4, size: 2GiB}}
        """);

    var packages = packages();
    for (String name : List.of("bash", "linux-image-amd64", "systemd-resolved")) {
      assertTrue(packages.contains(name), name + " in " + packages);
    }
    assertFalse(packages.contains("cron"), "minbase leaves out what is only important");
    assertFalse(Files.exists(root.resolve("etc/hostname")), "none was given");
    assertTrue(Files.exists(root.resolve("etc/systemd/network/80-dhcp.network")));
    String sources = read("etc/apt/sources.list.d/debian.sources");
    assertTrue(sources.contains("Suites: trixie trixie-updates"), sources);
    assertTrue(sources.contains("Signed-By: "), sources);
    assertTrue(sources.contains("/etc/apt/keyrings/own.gpg"), sources);
    assertFalse(sources.contains("deb-src"), sources);
    assertFalse(Files.exists(root.resolve("etc/apt/sources.list")));
  }
}
