/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.value.Sectors;
import org.bootstrapvz.api.volume.Bootloader;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.api.volume.Firmware;
import org.bootstrapvz.api.volume.ImageFormat;
import org.bootstrapvz.volume.Partition.Role;
import org.bootstrapvz.volume.Slots.Slot;

/** Checks the partition table and the sizes of a volume. */
final class LayoutChecks {
  /** An msdos table counts sectors with 32 bits. */
  private static final long MSDOS_LIMIT = (1L << 32) * Sectors.SIZE;

  /** Linux allows 255 bytes, of which the ending of the file needs some. */
  private static final int MAX_NAME = 220;

  private final Manifest manifest;
  private final ManifestValue partitions;
  private final TableType table;
  private final Bootloader bootloader;
  private final ImageFormat format;
  private final Slots slots;
  private final Problems problems;

  LayoutChecks(Manifest manifest, Problems problems) {
    this.manifest = manifest;
    this.problems = problems;
    partitions = manifest.at("volume.partitions");
    table = TableType.of(manifest);
    bootloader = manifest.bootloader();
    format = manifest.imageFormat();
    slots = new Slots(manifest);
  }

  void run() {
    checkFormat();
    new PartitionChecks(manifest, slots.named(), problems).run();
    if (!isSumKnown()) {
      return;
    }
    checkOriginal();
    checkTable();
    if (table != TableType.NONE || slots.named().size() == 1) {
      checkSizes();
    }
  }

  /** Reports a volume whose size is not a multiple of a grain, with the next multiple. */
  static void grain(Manifest manifest, Bytes grain, String what, Problems problems) {
    Bytes sum = new Bytes(new Slots(manifest).sum());
    if (sum.modulo(grain).count() == 0) {
      return;
    }
    ManifestValue root = manifest.at("volume.partitions.root.size");
    Bytes next = sum.roundedUpTo(grain);
    problems.error(
        root,
        "The volume has " + sum + ", and " + what + " has a multiple of " + grain,
        "The next size that does is "
            + next
            + ": set this to "
            + root.size().plus(next.minus(sum)));
  }

  private void checkFormat() {
    if (!format.isDisk()) {
      checkDirectory();
    }
    if (format.content() != ImageFormat.Content.DEVICE) {
      checkFileName();
    }
    if (manifest.name().contains("/") && format.content() != ImageFormat.Content.DEVICE) {
      problems.error(
          manifest.at("name"),
          "The name of the image is also the name of its file, which cannot contain a slash: "
              + manifest.name(),
          "Remove the slash");
    }
  }

  /** With a suffix for the files next to the image and the unfinished image. */
  private void checkFileName() {
    int length = manifest.name().getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_NAME) {
      problems.error(
          manifest.at("name"),
          "The name of the image is also the name of its file, and has " + length + " bytes",
          "Shorten it to " + MAX_NAME + " bytes");
    }
  }

  private void checkDirectory() {
    if (table != TableType.NONE) {
      problems.error(
          partitions.get("type"),
          "A " + format + " has no partition table",
          "Set volume.partitions.type to none");
    }
    if (!bootloader.firmware().isEmpty()) {
      problems.error(
          manifest.at("system.bootloader"),
          "A " + format + " is not booted from a disk, so that it has no bootloader",
          "Set system.bootloader to none");
    }
  }

  /** The sum of the sizes may exceed 63 bits. */
  private boolean isSumKnown() {
    try {
      slots.sum();
      return true;
    } catch (ArithmeticException e) {
      problems.error(
          partitions, "The sizes add up to more than any disk can have", "Write smaller sizes");
      return false;
    }
  }

  private void checkOriginal() {
    if (!Slots.isOriginal(manifest)) {
      return;
    }
    ManifestValue layout = manifest.at("volume.layout");
    String instead = "Remove volume.layout";
    if (manifest.firmware().uefi() && bootloader.supports(Firmware.UEFI)
        || partitions.get("esp").exists()) {
      problems.error(layout, "The original's layout has no EFI system partition", instead);
    }
    for (Map.Entry<String, Role> entry : slots.named().entrySet()) {
      ManifestValue where = partitions.get(entry.getKey());
      if (table == TableType.MSDOS && entry.getValue() == Role.EXTRA) {
        problems.error(
            where,
            "In the original's layout an msdos table holds boot, swap and root only",
            instead + ", or set volume.partitions.type to gpt");
      }
      Bytes size = where.get("size").size();
      if (size.count() % Sectors.SIZE != 0) {
        problems.error(
            where.get("size"),
            size + " is not a whole number of sectors of 512 bytes",
            "The next size that is one is " + size.roundedUpTo(new Bytes(Sectors.SIZE)));
      }
    }
  }

  private void checkTable() {
    if (table == TableType.NONE) {
      for (String name : slots.named().keySet()) {
        if (!name.equals("root")) {
          problems.error(
              partitions.get(name),
              "An unpartitioned volume holds the root filesystem only",
              "Remove it, or set volume.partitions.type to gpt");
        }
      }
    }
    Bytes sum = new Bytes(slots.sum());
    if (table == TableType.MSDOS && sum.count() > MSDOS_LIMIT) {
      problems.error(
          partitions.get("type"),
          "The volume has " + sum + ", and an msdos table reaches 2TiB",
          "Set volume.partitions.type to gpt");
    }
    Optional<Bytes> maximum = format.maximum();
    if (maximum.filter(it -> it.compareTo(sum) < 0).isPresent()) {
      problems.error(
          manifest.at("volume.backing"),
          "The volume has " + sum + ", and " + format + " holds at most " + maximum.get(),
          "Make the partitions smaller or choose another backing");
    }
    grain(manifest, Bytes.mebibytes(1), "a volume", problems);
  }

  private void checkSizes() {
    for (Slot slot : slots.all()) {
      if (slot.filesystem().isEmpty() || !slot.where().exists()) {
        continue;
      }
      Filesystem filesystem = slot.filesystem().get();
      if (filesystem.maximum().filter(it -> it.compareTo(slot.requested()) < 0).isPresent()) {
        problems.error(
            slot.where().get("size"),
            filesystem + " holds at most " + filesystem.maximum().get(),
            "Make the partition smaller, or choose another filesystem");
      }
      long missing = filesystem.minimum().count() - (slot.end() - slot.start());
      if (missing > 0) {
        long smallest = Slots.roundedUp(slot.requested().count() + missing);
        problems.error(
            slot.where().get("size"),
            "The "
                + slot.name()
                + " partition is too small: "
                + filesystem
                + " needs "
                + filesystem.minimum()
                + ", and the partition table and the boot partitions leave "
                + new Bytes(Math.max(0, slot.end() - slot.start()))
                + " of its "
                + slot.requested(),
            "Set it to at least " + new Bytes(smallest));
      }
    }
  }
}
