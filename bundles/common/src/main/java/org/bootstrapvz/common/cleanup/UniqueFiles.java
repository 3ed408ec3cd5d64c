/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cleanup;

import java.util.List;

/**
 * Files that packages generate while they are installed and that no two machines may share: keys,
 * seeds and identifiers.
 */
final class UniqueFiles {
  /** Without them, programs make new ones. */
  static final List<String> DELETED =
      List.of(
          "boot/efi/loader/random-seed",
          "root/.rnd",
          "var/lib/NetworkManager/*.lease",
          "var/lib/NetworkManager/secret_key",
          "var/lib/dhcp/*.leases",
          "var/lib/dhcpcd/*",
          "var/lib/libuuid/clock.txt",
          "var/lib/systemd/credential.secret",
          "var/lib/systemd/network/*",
          "var/lib/systemd/random-seed",
          "var/lib/systemd/timesync/clock",
          "var/lib/urandom/random-seed");

  /**
   * Generated again at the first boot by {@link AddKeyGeneration}, which is why they may be
   * deleted.
   */
  static final List<Generated> GENERATED =
      List.of(
          new Generated(
              "usr/sbin/make-ssl-cert",
              List.of(
                  "etc/ssl/private/ssl-cert-snakeoil.key", "etc/ssl/certs/ssl-cert-snakeoil.pem"),
              "make-ssl-cert generate-default-snakeoil"),
          new Generated(
              "usr/sbin/rndc-confgen",
              List.of("etc/bind/rndc.key"),
              "rndc-confgen -a -b 256 -u bind"),
          new Generated(
              "usr/bin/dropbearkey",
              List.of("etc/dropbear/dropbear_rsa_host_key"),
              "dropbearkey -t rsa -f /etc/dropbear/dropbear_rsa_host_key"),
          new Generated(
              "usr/bin/dropbearkey",
              List.of("etc/dropbear/dropbear_ecdsa_host_key"),
              "dropbearkey -t ecdsa -f /etc/dropbear/dropbear_ecdsa_host_key"),
          new Generated(
              "usr/bin/dropbearkey",
              List.of("etc/dropbear/dropbear_ed25519_host_key"),
              "dropbearkey -t ed25519 -f /etc/dropbear/dropbear_ed25519_host_key"),
          new Generated(
              "usr/sbin/nvme", List.of("etc/nvme/hostnqn"), "nvme gen-hostnqn > /etc/nvme/hostnqn"),
          new Generated(
              "usr/sbin/nvme",
              List.of("etc/nvme/hostid"),
              "cat /proc/sys/kernel/random/uuid > /etc/nvme/hostid"),
          new Generated(
              "usr/sbin/iscsi-iname",
              List.of("etc/iscsi/initiatorname.iscsi"),
              "echo \"InitiatorName=$(iscsi-iname)\" > /etc/iscsi/initiatorname.iscsi"));

  /** How they are generated again depends on more than their package. */
  static final List<String> REPORTED =
      List.of(
          "etc/hostid",
          "etc/krb5.keytab",
          "etc/mysql/debian.cnf",
          "etc/salt/pki/*/*.pem",
          "etc/ssh/ssh_host_*_key",
          "var/lib/dbus/machine-id",
          "var/lib/mysql/auto.cnf",
          "var/lib/postgresql/*/*/global/pg_control",
          "var/lib/rabbitmq/.erlang.cookie",
          "var/lib/samba/private/secrets.tdb",
          "var/lib/tor/keys/*");

  private UniqueFiles() {}

  /**
   * Files that a command generates.
   *
   * @param program the program, relative to the root; without it the files are of no use
   * @param files the files, relative to the root
   * @param command a line of shell that generates them
   */
  record Generated(String program, List<String> files, String command) {}
}
