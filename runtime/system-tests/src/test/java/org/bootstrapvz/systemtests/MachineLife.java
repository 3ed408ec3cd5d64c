/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What happens to a machine after its first boot: the packages of its kernel and of its bootloader
 * are installed again, as an upgrade does, without a terminal.
 */
final class MachineLife {
  private static final Map<String, List<String>> PACKAGES =
      Map.of(
          "grub bios", List.of("grub-pc", "grub-pc-bin"),
          "grub uefi", List.of("grub-efi-amd64", "grub-efi-amd64-bin"),
          "grub bios+uefi", List.of("grub-pc", "grub-pc-bin", "grub-efi-amd64-bin"),
          "systemd-boot uefi", List.of("systemd-boot", "systemd-boot-efi"),
          "uki uefi", List.of("systemd-boot-efi"),
          "extlinux bios", List.of("extlinux"));

  /**
   * A function of the shell. With dracut there is another program, which prints more. Device nodes
   * are left out: dracut makes them only outside of containers, and takes the sandbox of a build
   * for one. The kernel and systemd make those that a machine needs.
   */
  private static final String LIST_INITRAMFS =
      "list() { if command -v lsinitramfs > /dev/null; then lsinitramfs $1; else lsinitrd $1 |"
          + " awk '/^[-dl][-r]/ {print $9}'; fi | sort; }; ";

  private MachineLife() {}

  /**
   * Upgrades a running machine, which must be booted writable, and checks what the firmware reads.
   * The kernel's package also makes an initramfs, which must equal the one of the build, although
   * the build saw other devices.
   */
  static void upgrade(Machine machine, String bootloader, List<String> firmwares)
      throws IOException {
    machine.ssh("cp /boot/initrd.img-* /root/first && touch /root/before");
    // dpkg also knows the packages that conflict with installed ones.
    machine.ssh(
        "dpkg-query -W -f '${db:Status-Status} ${Package}\\n' 'linux-image-[0-9]*'"
            + " | sed -n 's/^installed //p' > /root/kernel");
    List<String> packages = new ArrayList<>(List.of("$(cat /root/kernel)"));
    packages.addAll(
        PACKAGES.getOrDefault(bootloader + " " + String.join("+", firmwares), List.of()));
    String output =
        machine.ssh(
            "export DEBIAN_FRONTEND=noninteractive; apt-get -q update && apt-get -qy install"
                + " --reinstall "
                + String.join(" ", packages)
                + " && echo upgraded");
    assertTrue(output.endsWith("upgraded"), output);
    assertEquals("", machine.ssh("dpkg --audit"), output);
    for (String file : renewed(bootloader, firmwares)) {
      assertEquals(
          "renewed", machine.ssh("[ " + file + " -nt /root/before ] && echo renewed"), file);
    }
    assertEquals(
        "",
        machine.ssh(
            LIST_INITRAMFS
                + "list /root/first > /root/a; list /boot/initrd.img-* > /root/b;"
                + " [ -s /root/a ] && diff /root/a /root/b"),
        output);
  }

  static void upgrade(Machine machine, MatrixRow row) throws IOException {
    upgrade(machine, row.bootloader(), row.firmwares());
  }

  /** As the release notes of Debian say, without a terminal. */
  static void upgradeToTheNextRelease(Machine machine, MatrixRow row) throws IOException {
    String release = row.next().orElseThrow();
    machine.ssh("uname -r > /root/old-kernel");
    String change = "s/\\b" + row.at("system.release", "") + "\\b/" + release + "/g";
    String output =
        machine.ssh(
            "export DEBIAN_FRONTEND=noninteractive; sed -i '%s' $(find /etc/apt -name '*.list' -o -name"
                    .formatted(change)
                + " '*.sources') && apt-get -q update && apt-get -qy full-upgrade && echo upgraded");
    assertTrue(output.endsWith("upgraded"), output);
    assertEquals("", machine.ssh("dpkg --audit"), output);
    assertEquals(release, machine.ssh(". /etc/os-release; echo $VERSION_CODENAME"));
  }

  /** On the machine that has started with the kernel of its new release. */
  static void removeOldPackages(Machine machine, MatrixRow row) throws IOException {
    assertEquals("new", machine.ssh("[ $(uname -r) = $(cat /root/old-kernel) ] || echo new"));
    String output =
        machine.ssh(
            "export DEBIAN_FRONTEND=noninteractive; apt-get -qy purge linux-image-$(cat"
                + " /root/old-kernel) && apt-get -qy autoremove --purge && echo removed");
    assertTrue(output.endsWith("removed"), output);
    assertEquals("", machine.ssh("dpkg --audit; ls /boot | grep -F \"$(cat /root/old-kernel)\""));
  }

  /** The files that the firmware reads. */
  private static List<String> renewed(String bootloader, List<String> firmwares) {
    List<String> files = new ArrayList<>(List.of("/boot/initrd.img-*"));
    if (bootloader.equals("grub") && firmwares.contains("bios")) {
      files.add("/boot/grub/i386-pc/core.img");
    }
    if (bootloader.matches("grub|uki") && firmwares.contains("uefi")) {
      files.add("/boot/efi/EFI/BOOT/BOOTX64.EFI");
    }
    if (bootloader.equals("systemd-boot")) {
      files.add("/boot/efi/debian/*/linux");
    }
    return files;
  }
}
