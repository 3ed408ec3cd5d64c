/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The examples of the README, built, booted and inspected from the inside; MatrixIT covers the
 * kinds of disks.
 */
@Order(2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImagesIT {
  private Distribution distribution;

  @BeforeAll
  void makeFolder() throws IOException {
    distribution = new Distribution("images");
  }

  private Path image(String example) throws IOException, InterruptedException {
    Path folder = distribution.folder().resolve("images");
    Path image = distribution.folder().resolve(example + ".image");
    if (!Files.exists(image)) {
      Distribution.Outcome built =
          distribution.run("build", Distribution.example(example).toString());
      assertEquals(0, built.status(), built.output());
      assertFalse(built.output().contains("WARNING"), built.output());
      assertEquals(List.of(), distribution.leftovers());
      assertEquals(List.of(), distribution.workspaces());
      try (var files = Files.list(folder)) {
        List<Path> artefacts = files.toList();
        assertEquals(1, artefacts.size(), "exactly the artefact is left: " + artefacts);
        assertTrue(
            built.output().contains(artefacts.get(0).toString()),
            "the path is in the output:\n" + built.output());
        Files.move(artefacts.get(0), image);
      }
    }
    return image;
  }

  @ParameterizedTest
  @CsvSource({"bookworm,uefi", "trixie,bios", "trixie,uefi"})
  void theExampleOfAReleaseBootsToALoginOverSsh(String release, String firmware) throws Exception {
    Path image = image(release);
    try (Machine machine = Machine.boot(distribution, image, firmware)) {
      assertTrue(machine.console().contains(release + " login: "), machine.console());
      assertEquals(release, machine.ssh(". /etc/os-release; echo $VERSION_CODENAME"));
      assertEquals(firmware, machine.ssh("test -d /sys/firmware/efi && echo uefi || echo bios"));

      String fstab = machine.ssh("cat /etc/fstab");
      assertTrue(fstab.contains("UUID="), fstab);
      assertEquals(
          machine.ssh("findmnt -no UUID /"),
          machine.ssh("awk '$2 == \"/\" {sub(\"UUID=\", \"\", $1); print $1}' /etc/fstab"));
      assertEquals("ext4", machine.ssh("findmnt -no FSTYPE /"));
      assertEquals(
          "vfat", machine.ssh("ls /boot/efi > /dev/null; findmnt -no FSTYPE /boot/efi | tail -1"));

      String cmdline = machine.ssh("cat /proc/cmdline");
      assertTrue(cmdline.contains("root=UUID=" + machine.ssh("findmnt -no UUID /")), cmdline);
      assertTrue(cmdline.contains("console=ttyS0"), cmdline);

      String address = machine.ssh("ip -o -4 addr show scope global");
      assertTrue(address.matches("(?s).* en[a-z0-9]+ +inet 10\\.0\\.2\\..*"), address);
      String resolver = machine.ssh("cat /etc/resolv.conf");
      assertTrue(resolver.contains("nameserver"), resolver);

      assertEquals("", machine.ssh("systemctl --failed --no-legend --plain"));
      assertEquals("LANG=en_US.UTF-8", machine.ssh("cat /etc/default/locale"));
      assertTrue(machine.ssh("locale -a").contains("en_US.utf8"));
      assertEquals("/usr/share/zoneinfo/UTC", machine.ssh("readlink /etc/localtime"));
      assertFalse(machine.ssh("ls /etc/ssh").isBlank());
      assertEquals("", machine.ssh("ls -A /tmp | grep -v -e systemd -e '^\\.' || true"));
      assertEquals("", machine.ssh("find / -xdev -name '*.real' -path '*update-initramfs*'"));
      assertEquals("", machine.ssh("dpkg --audit"));
    }
  }

  @Test
  void theDefaultPackageSetWithIfupdownOnADosTableBoots() throws Exception {
    Path image = image("trixie-virtual-console");
    try (Machine machine = Machine.boot(distribution, image, "bios")) {
      assertTrue(machine.ssh("cat /proc/cmdline").endsWith("console=tty0"));
      assertEquals("dos", machine.ssh("lsblk -dno PTTYPE /dev/vda"));
      assertEquals(
          "trixie 2026",
          machine.ssh("sed 's/stable/trixie/; s/20[0-9][0-9]/2026/' /etc/image-release"));
      assertEquals("LANG=de_DE.UTF-8", machine.ssh("cat /etc/default/locale"));
      assertTrue(machine.ssh("ip -o -4 addr show scope global").contains("10.0.2."));
      assertEquals("", machine.ssh("systemctl --failed --no-legend --plain"));
      assertTrue(machine.ssh("htop --version").startsWith("htop"));
    }
  }
}
