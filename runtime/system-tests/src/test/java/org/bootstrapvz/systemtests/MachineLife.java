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

  private MachineLife() {}

  /** Checks the first initramfs, then upgrades the machine, which must be booted writable. */
  static void upgrade(MatrixRow row, Machine machine) throws IOException {
    assertEquals("running", machine.ssh("systemctl is-system-running --wait"));
    firstInitramfsEqualsLaterOnes(machine);
    machine.ssh("touch /root/before");
    // dpkg also knows the packages that conflict with installed ones.
    machine.ssh(
        "dpkg-query -W -f '${db:Status-Status} ${Package}\\n' 'linux-image-[0-9]*'"
            + " | sed -n 's/^installed //p' > /root/kernel");
    List<String> packages = new ArrayList<>(List.of("$(cat /root/kernel)"));
    packages.addAll(
        PACKAGES.getOrDefault(
            row.bootloader() + " " + String.join("+", row.firmwares()), List.of()));
    String output =
        machine.ssh(
            "export DEBIAN_FRONTEND=noninteractive; apt-get -q update && apt-get -qy install"
                + " --reinstall "
                + String.join(" ", packages)
                + " && echo upgraded");
    assertTrue(output.endsWith("upgraded"), output);
    assertEquals("", machine.ssh("dpkg --audit"), output);
    for (String file : renewed(row)) {
      assertEquals(
          "renewed", machine.ssh("[ " + file + " -nt /root/before ] && echo renewed"), file);
    }
  }

  /** The hooks of the build see other devices than those of the machine. */
  private static void firstInitramfsEqualsLaterOnes(Machine machine) throws IOException {
    machine.ssh("cp /boot/initrd.img-* /root/first");
    String output = machine.ssh("update-initramfs -u");
    assertEquals(
        "",
        machine.ssh(
            "lsinitramfs /root/first | sort > /root/a; lsinitramfs /boot/initrd.img-* | sort >"
                + " /root/b; [ -s /root/a ] && diff /root/a /root/b"),
        output);
  }

  /** The files that the firmware reads. */
  private static List<String> renewed(MatrixRow row) {
    List<String> files = new ArrayList<>();
    if (row.bootloader().equals("grub") && row.firmwares().contains("bios")) {
      files.add("/boot/grub/i386-pc/core.img");
    }
    if (row.bootloader().matches("grub|uki") && row.firmwares().contains("uefi")) {
      files.add("/boot/efi/EFI/BOOT/BOOTX64.EFI");
    }
    if (row.bootloader().equals("systemd-boot")) {
      files.add("/boot/efi/debian/*/linux");
    }
    return files;
  }
}
