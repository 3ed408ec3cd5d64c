/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The example for VirtualBox with guest additions: a box for Vagrant and an OVA. VirtualBox is not
 * available here, so QEMU boots the disk that both contain, and a script replaces the installer of
 * the guest additions.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VirtualBoxIT {
  private static final String INSTALLER =
      """
      #!/bin/sh
      set -e
      release=$(uname -r)
      test "$(uname -m)" = x86_64
      test -e /lib/modules/$release/build/Makefile
      make --version
      mkdir -p /lib/modules/$release/misc
      echo "$release" > /lib/modules/$release/misc/vboxguest.ko
      exit 2
      """;

  private Distribution distribution;
  private Path box;
  private Path ova;

  @BeforeAll
  void build() throws Exception {
    distribution = new Distribution("virtualbox");
    Path folder = distribution.folder();
    Files.createDirectories(folder.resolve("iso"));
    Files.writeString(folder.resolve("iso/VBoxLinuxAdditions.run"), INSTALLER);
    run("xorriso", "-as", "mkisofs", "-quiet", "-J", "-R", "-o", "additions.iso", "iso");
    String example =
        Files.readString(
            Distribution.REPOSITORY.resolve("manifests/examples/virtualbox/trixie-vagrant.yml"));
    Path manifest =
        distribution.manifest(
            "manifest.yml",
            example
                    .replace("  ova: true\n", "  ova: true\n  guest_additions: additions.iso\n")
                    .replace("size: 2GiB", "size: 3GiB")
                + "  root_password:\n    password: test\n");
    Distribution.Outcome built = distribution.run("build", manifest.toString());
    assertEquals(0, built.status(), built.output());
    assertEquals(List.of(), distribution.leftovers());
    assertEquals(List.of(), distribution.workspaces());
    box = unpacked("box");
    ova = unpacked("ova");
    try (var files = Files.list(folder.resolve("images"))) {
      assertEquals(2, files.count(), "the box and the OVA, and no other image");
    }
  }

  private Path unpacked(String kind) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(distribution.folder().resolve(kind));
    run("tar", "-x", "-f", "images/debian-trixie-amd64." + kind, "-C", folder.toString());
    return folder;
  }

  private String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(distribution.folder().toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), String.join(" ", command) + "\n" + output);
    return output;
  }

  private static String found(String regex, Path file) throws IOException {
    Matcher matcher = Pattern.compile(regex).matcher(Files.readString(file));
    assertTrue(matcher.find(), regex + " in " + file);
    return matcher.group(1);
  }

  @Test
  void theDisksOfBoxAndOvaMatchTheirDescriptors() throws Exception {
    for (Path descriptor :
        List.of(box.resolve("box.ovf"), ova.resolve("debian-trixie-amd64.ovf"))) {
      Path disk = descriptor.resolveSibling(found("ovf:href=\"(.*?)\"", descriptor));
      assertEquals(found("ovf:size=\"(.*?)\"", descriptor), String.valueOf(Files.size(disk)));
      String info = run("qemu-img", "info", disk.toString());
      assertTrue(
          info.contains("(" + found("ovf:capacity=\"(.*?)\"", descriptor) + " bytes)"), info);
      assertTrue(info.contains("create type: streamOptimized"), info);
      assertEquals("debian-trixie-amd64", found("<Name>(.*)</Name>", descriptor));
    }
    assertEquals(
        found("base_mac = \"(.*?)\"", box.resolve("Vagrantfile")),
        found("MACAddress=\"(.*?)\"", box.resolve("box.ovf")));
  }

  @Test
  void theChecksumsOfTheOvaAreCorrect() throws Exception {
    List<String> lines = Files.readAllLines(ova.resolve("debian-trixie-amd64.mf"));
    assertEquals(2, lines.size());
    for (String line : lines) {
      Matcher matcher = Pattern.compile("SHA256\\((.*)\\)= (.*)").matcher(line);
      assertTrue(matcher.matches(), line);
      byte[] content = Files.readAllBytes(ova.resolve(matcher.group(1)));
      assertEquals(
          matcher.group(2),
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    }
  }

  @Test
  void theDiskOfTheBoxBootsAndVagrantCanLogIn() throws Exception {
    try (Machine machine = Machine.boot(distribution, box.resolve("box-disk1.vmdk"), "bios")) {
      assertEquals(
          "vagrant:vagrant:700 vagrant:vagrant:600",
          machine.ssh("cd /home/vagrant; stat -c %U:%G:%a .ssh .ssh/authorized_keys | xargs"));
      assertEquals("2", machine.ssh("wc -l < /home/vagrant/.ssh/authorized_keys"));
      assertEquals("root", machine.ssh("su vagrant -c 'sudo -n whoami'"));
      assertEquals("trixie", machine.ssh("hostname"));
      assertTrue(machine.ssh("cat /proc/cmdline").endsWith("console=tty0"));
      assertEquals("ext2", machine.ssh("findmnt -no FSTYPE /boot"));
      assertEquals("1", machine.ssh("swapon --noheadings | wc -l"));
      assertEquals("", machine.ssh("systemctl --failed --no-legend --plain"));
      assertEquals(
          machine.ssh("uname -r"),
          machine.ssh("cat /lib/modules/$(uname -r)/misc/vboxguest.ko"),
          "the guest additions were compiled for the kernel of the image");
      assertEquals("", machine.ssh("ls -A /mnt"));
    }
  }
}
