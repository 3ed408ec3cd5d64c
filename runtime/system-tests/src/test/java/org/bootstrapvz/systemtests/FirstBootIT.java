/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
  private static final String HOST = "canaryhost.canarydomain.test";
  private static final String MACHINE_ID = "ca0a12ca0a12ca0a12ca0a12ca0a12ca";
  private static final String NAME_SERVER = "192.0.2.77";

  /** Where no Debian machine is by default. */
  private static final String TIME_ZONE = "Antarctica/Troll";

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "LANG", "tlh_KX.UTF-8",
          "SUDO_USER", "canaryuser",
          "ftp_proxy", "http://canaryproxy.test:3128");

  /**
   * Starts a command on a host of its own: with another name, and with an /etc in which files that
   * packages and build tools read were changed. Nothing of this is seen outside.
   */
  private static final String ON_ANOTHER_HOST =
      """
      set -e
      hostname %s
      mount -t tmpfs canary /mnt
      mkdir /mnt/upper /mnt/work
      cat /etc/resolv.conf > /mnt/upper/resolv.conf
      mount -t overlay -o lowerdir=/etc,upperdir=/mnt/upper,workdir=/mnt/work canary /etc
      umount --lazy /mnt
      hostname > /etc/hostname
      echo mail.canarydomain.test > /etc/mailname
      echo %s > /etc/machine-id
      echo nameserver %s >> /etc/resolv.conf
      echo search canarysearch.test >> /etc/resolv.conf
      echo %s > /etc/timezone
      ln --symbolic --force /usr/share/zoneinfo/%s /etc/localtime
      exec "$@"
      """
          .formatted(HOST, MACHINE_ID, NAME_SERVER, TIME_ZONE, TIME_ZONE);

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
    List<String> build = new ArrayList<>(List.of("unshare", "--uts", "--mount", "sh", "-c"));
    build.addAll(List.of(ON_ANOTHER_HOST, "sh", distribution.command().toString()));
    build.addAll(List.of("build", manifest.toString()));
    Distribution.Outcome built = distribution.start(build, ENVIRONMENT).end();
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
      assertEquals("", traces(machine, distribution));
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

  /** The files of a machine that name the host on which its image was built, or its user. */
  private static String traces(Machine machine, Distribution distribution) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "canaryhost",
                "canarydomain",
                "canarysearch",
                "canaryuser",
                "canaryproxy",
                "tlh_KX"));
    words.addAll(List.of(MACHINE_ID, NAME_SERVER, distribution.folder().toString()));
    words.add(System.getProperty("os.version"));
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      byte[] address = each.getHardwareAddress();
      if (address != null) {
        words.add(HexFormat.ofDelimiter(":").formatHex(address));
      }
      each.inetAddresses()
          .filter(it -> !it.isLoopbackAddress())
          // The networks of QEMU: the machine that is tested may have the same address.
          .filter(it -> !it.getHostAddress().matches("10\\.0\\.2\\..*|fe80:.*|fec0:.*"))
          .forEach(it -> words.add(it.getHostAddress()));
    }
    String all = words.stream().map(word -> " -e '" + word + "'").collect(Collectors.joining());
    return machine.ssh(
        "grep -rlawF"
            + all
            + " /etc /boot /home /root /opt /srv /usr/local /var 2> /dev/null; grep -rl "
            + TIME_ZONE
            + " /etc; readlink /etc/localtime | grep "
            + TIME_ZONE);
  }
}
