/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.volume.Bootloader;
import org.bootstrapvz.api.volume.Firmware;

/**
 * Checks that bootloader, firmware, architecture and partition table of a manifest are compatible.
 */
final class BootChecks {
  private final Manifest manifest;
  private final Problems problems;
  private final ManifestValue named;
  private final ManifestValue firmware;
  private final ManifestValue architecture;
  private final boolean hasBios;
  private final boolean table;

  BootChecks(Manifest manifest, Problems problems) {
    this.manifest = manifest;
    this.problems = problems;
    named = manifest.at("system.bootloader");
    firmware = manifest.at("system.firmware");
    architecture = manifest.at("system.architecture");
    hasBios = !architecture.isScalar() || Firmware.hasBios(architecture.text());
    table = !is(manifest.at("volume.partitions.type"), "none");
  }

  void run() {
    Optional<Bootloader> known =
        named.isScalar() ? manifest.volumeTypes().bootloader(named.text()) : Optional.empty();
    if (known.isEmpty()) {
      // The schema has reported it.
      return;
    }
    Bootloader bootloader = known.get();
    needs(bootloader);
    boolean startsFromUefi = bootloader.supports(Firmware.UEFI);
    if (!hasBios && startsFromUefi && firmware.isScalar() && !is(firmware, "uefi")) {
      problems.error(
          firmware,
          architecture.text() + " machines have no BIOS",
          "Set system.firmware to uefi, or remove it");
      return;
    }
    if (bootloader.needsUefi() && firmware.isScalar() && !is(firmware, "uefi")) {
      problems.error(
          firmware,
          bootloader + " is started by UEFI only, but system.firmware is " + firmware.text(),
          "Set system.firmware to uefi, or remove it");
      return;
    }
    boolean bios =
        firmware.isScalar()
            ? is(firmware, "bios")
            : !bootloader.needsUefi() && (hasBios || !startsFromUefi);
    if (bios) {
      ManifestValue esp = manifest.at("volume.partitions.esp");
      if (esp.exists()) {
        problems.warning(
            esp,
            "The EFI system partition is not used: system.firmware is bios",
            "Set system.firmware to uefi or hybrid, or remove esp");
      }
      return;
    }
    if (!table && firmware.isScalar()) {
      problems.error(
          firmware,
          "UEFI needs a partition table, but volume.partitions.type is none",
          "Set volume.partitions.type to gpt");
    }
    if (!startsFromUefi) {
      problems.error(
          firmware,
          "UEFI does not start " + bootloader,
          "Set system.bootloader to "
              + or(others(other -> other.supports(Firmware.UEFI)))
              + ", or remove firmware");
    }
  }

  private void needs(Bootloader bootloader) {
    if (bootloader.partitionTable() && !table) {
      List<String> without =
          others(other -> !other.partitionTable() && !other.firmware().isEmpty());
      problems.error(
          named,
          bootloader + " needs a partition table, but volume.partitions.type is none",
          "Set volume.partitions.type to gpt or msdos"
              + (without.isEmpty() ? "" : ", or use " + or(without)));
    }
    if (architecture.isScalar() && !bootloader.starts(architecture.text())) {
      problems.error(
          named,
          bootloader + " does not start kernels for " + architecture.text(),
          "Set system.bootloader to " + or(others(other -> !other.firmware().isEmpty())));
    }
  }

  /**
   * The installed bootloaders that meet a condition and start kernels of the manifest's
   * architecture.
   */
  private List<String> others(Predicate<Bootloader> like) {
    String starts = architecture.isScalar() ? architecture.text() : "";
    return manifest.volumeTypes().bootloaders().stream()
        .filter(like.and(other -> other.starts(starts)))
        .map(Bootloader::name)
        .toList();
  }

  private static String or(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }

  private static boolean is(ManifestValue value, String word) {
    return value.isScalar() && value.text().equals(word);
  }
}
