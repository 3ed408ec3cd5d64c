/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * An image with cloud-init and ssl-cert, built on a host that can be recognized by its name, user
 * and settings, booted where there is no cloud from a disk that is larger than the image, upgraded,
 * and booted again.
 */
@Order(2)
class FirstBootIT {
  private static final List<String> FIRMWARES = List.of("bios", "uefi");
  private static final String HOST = "canaryhost";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("LANG", "tlh_KX.UTF-8", "SUDO_USER", "canaryuser");

  private static final String MANIFEST =
      """
      name: first-boot
      provider: {name: kvm}
      %s
      system: {release: trixie, architecture: amd64, kernel: cloud, bootloader: grub, firmware: hybrid, charmap: UTF-8,
        locale: en_US, timezone: UTC, hostname: mail}
      packages: {install: [openssh-server, ssl-cert, iputils-ping]}
      volume:
        backing: qcow2
        partitions: {type: gpt, swap: {size: 128MiB}, root: {filesystem: ext4, size: 1536MiB}}
      plugins:
        cloud_init: {username: debian}
        root_password: {password: test}
      """
          .formatted(SharedBase.BOOTSTRAPPER.formatted(SharedBase.KERNEL));

  /**
   * Warnings that every Debian system prints in this QEMU: of drivers; of a generator that finds
   * the module for vsock, but no such device; and of the server that the test asks whether it is
   * ready.
   */
  private static final String EXPECTED_WARNINGS =
      "kernel: .*|systemd-ssh-generator\\[\\d+\\]: .*AF_VSOCK.*"
          + "|\\(sd-exec-\\[\\d+\\]: .*systemd-ssh-generator failed with exit status 1\\."
          + "|sshd.*: kex_exchange_identification: .*";

  @Test
  void aMachineIsCompleteAfterItsFirstBootHasNothingOfTheBuildHostAndBootsAfterAnUpgrade()
      throws Exception {
    Distribution distribution = new Distribution("first-boot");
    SharedBase.into(distribution);
    Path manifest = distribution.manifest("first-boot.yml", MANIFEST);
    String build =
        "hostname %s && exec %s build %s".formatted(HOST, distribution.command(), manifest);
    Distribution.Outcome built =
        distribution.start(List.of("unshare", "--uts", "sh", "-c", build), ENVIRONMENT).end();
    assertEquals(0, built.status(), built.output());
    assertFalse(built.output().contains("WARNING"), built.output());
    Path image = distribution.folder().resolve("images/first-boot.qcow2");
    DetachedImage.run("qemu-img", "resize", "-q", image.toString(), "3G");

    try (Machine machine = Machine.boot(distribution, image, FIRMWARES.get(0), "--write")) {
      assertEquals(
          "running", machine.ssh("systemctl is-system-running --wait; systemctl --failed -q"));
      assertTrue(
          Long.parseLong(machine.ssh("findmnt -bno SIZE /")) > 2L << 30, "the root has grown");
      assertEquals("", machine.ssh("ls /run/cloud-init/enabled 2>/dev/null"));
      String subject = "openssl x509 -noout -subject -in /etc/ssl/certs/ssl-cert-snakeoil.pem";
      assertTrue(machine.ssh(subject).endsWith("mail"), machine.ssh(subject));
      assertEquals(
          "640 root:ssl-cert",
          machine.ssh("stat -c '%a %U:%G' /etc/ssl/private/ssl-cert-snakeoil.key"));
      assertEquals("active", machine.ssh("systemctl is-active systemd-timesyncd"));
      assertEquals("1", machine.ssh("sysctl -n fs.protected_symlinks"));
      assertEquals(
          "0", machine.ssh("runuser -u nobody -- ping -c 1 -W 60 127.0.0.1 > /dev/null; echo $?"));
      assertEquals("0", machine.ssh("findmnt --verify > /dev/null; echo $?"));
      assertEquals("", machine.ssh("dpkg --verify; dpkg --audit"));
      String found =
          machine.ssh(
              "grep -rlaE 'canary(host|user)|tlh_KX' /etc /boot /home /root /opt /srv /usr/local /var"
                  + " 2>/dev/null");
      assertEquals("", found);
      List<String> warnings =
          machine
              .ssh("journalctl -b -q -p warning -o short-monotonic --no-hostname --no-pager")
              .lines()
              .map(line -> line.replaceFirst("^\\[[^]]*\\] ", ""))
              .filter(line -> !line.matches(EXPECTED_WARNINGS))
              .toList();
      assertEquals(List.of(), warnings);
      System.out.println(
          "Packages: "
              + machine.ssh("dpkg-query -W | wc -l")
              + ", in use: "
              + machine.ssh("df -h --output=used / | tail -1")
              + "\n"
              + machine.ssh("systemd-analyze"));
      MachineLife.upgrade(machine, "grub", FIRMWARES);
      machine.shutDown();
    }
    for (String firmware : FIRMWARES) {
      try (Machine machine = Machine.boot(distribution, image, firmware, "--write")) {
        assertEquals("running", machine.ssh("systemctl is-system-running --wait"));
        machine.shutDown();
      }
    }
    Files.delete(image);
    assertEquals(List.of(), distribution.leftovers());
  }
}
