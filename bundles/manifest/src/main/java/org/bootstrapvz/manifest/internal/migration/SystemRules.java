/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bootstrapvz.manifest.internal.migration.ManifestTree.Entry;

/** Rules for the section {@code system}. */
final class SystemRules {
  /** Packages that configure network interfaces through ifupdown. */
  private static final Set<String> IFUPDOWN =
      Set.of("ifupdown", "ifenslave", "ifmetric", "bridge-utils", "vlan", "resolvconf");

  static final List<MigrationRule> RULES =
      List.of(
          new MigrationRule(
              "i386 becomes amd64 with an i386 userspace",
              "Debian has had no i386 kernel since trixie",
              SystemRules::i386),
          new MigrationRule(
              "pvgrub becomes grub, with a partition table",
              "Paravirtual Xen machines are no longer offered",
              SystemRules::pvgrub),
          new MigrationRule(
              "grub on GPT gets hybrid firmware",
              "The image boots on machines with BIOS, as before, and with UEFI",
              SystemRules::firmware),
          new MigrationRule(
              "Renamed time zones are replaced",
              "Debian installs only the current names by default",
              SystemRules::timezone),
          new MigrationRule(
              "The way of network configuration is made explicit",
              "The default has been systemd-networkd since trixie",
              SystemRules::network));

  private SystemRules() {}

  private static void i386(ManifestEditor manifest) {
    if (!manifest.current().atLeast(ReleaseChange.TRIXIE)
        || !manifest.value("system.architecture").equals("i386")) {
      return;
    }
    String reason = "Debian has had no i386 kernel since trixie; the programs can stay 32-bit";
    manifest.replace("system.architecture", "amd64", reason);
    if (manifest.entry("system.userspace_architecture").isEmpty()) {
      Entry architecture = manifest.entry("system.architecture").orElseThrow();
      manifest.addKey(architecture, "system", "userspace_architecture", "i386", reason);
    }
  }

  private static boolean usesPvgrub(ManifestEditor manifest) {
    return manifest.value("system.bootloader").equals("pvgrub");
  }

  private static void pvgrub(ManifestEditor manifest) {
    if (!usesPvgrub(manifest)) {
      return;
    }
    manifest.replace(
        "system.bootloader",
        "grub",
        "paravirtual Xen machines, which needed pvgrub, are no longer offered");
    if (manifest.value("volume.partitions.type").equals("none")) {
      manifest.replace("volume.partitions.type", "gpt", "grub needs a partition table");
    }
  }

  private static void firmware(ManifestEditor manifest) {
    String bootloader = manifest.value("system.bootloader");
    String table = manifest.value("volume.partitions.type");
    boolean gpt = table.equals("gpt") || usesPvgrub(manifest) && table.equals("none");
    if ((bootloader.equals("grub") || usesPvgrub(manifest))
        && gpt
        && !manifest.value("system.architecture").equals("arm64")
        && manifest.entry("system.firmware").isEmpty()) {
      manifest.addKey(
          manifest.entry("system.bootloader").orElseThrow(),
          "system",
          "firmware",
          "hybrid",
          "the image boots on machines with BIOS, as before, and with UEFI");
    }
  }

  private static void timezone(ManifestEditor manifest) {
    manifest
        .renamed("timezone", manifest.value("system.timezone"))
        .ifPresent(row -> manifest.replace("system.timezone", row.now(), row.reason()));
  }

  private static void network(ManifestEditor manifest) {
    boolean minbase = manifest.value("bootstrapper.variant").equals("minbase");
    List<String> included = manifest.values("bootstrapper.include_packages");
    if (manifest.old().atLeast(ReleaseChange.TRIXIE)
        || !manifest.current().atLeast(ReleaseChange.TRIXIE)
        || manifest.entry("system.network").isPresent()
        || manifest.entry("system.timezone").isEmpty()
        || minbase && !included.contains("netbase")) {
      return;
    }
    Set<String> ifupdown = new TreeSet<>(manifest.values("packages.install"));
    ifupdown.retainAll(IFUPDOWN);
    Entry timezone = manifest.entry("system.timezone").orElseThrow();
    if (ifupdown.isEmpty()) {
      manifest.addKey(
          timezone,
          "system",
          "network",
          "systemd-networkd",
          "the default since trixie; set ifupdown to keep the configuration of "
              + manifest.old().codename()
              + ", now for interfaces of any name instead of eth0 only");
    } else {
      manifest.addKey(
          timezone,
          "system",
          "network",
          "ifupdown",
          "the default is systemd-networkd since trixie, but packages.install has "
              + String.join(", ", ifupdown));
    }
  }
}
