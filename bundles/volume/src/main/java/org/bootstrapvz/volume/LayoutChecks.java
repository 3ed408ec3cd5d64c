/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.value.Sectors;
import org.bootstrapvz.volume.LayoutRules.Slot;
import org.bootstrapvz.volume.Partition.Role;

/** What keeps the volume of a manifest from being made, or an image from booting. */
final class LayoutChecks {
  /** An msdos table counts sectors with 32 bits. */
  private static final long MSDOS_LIMIT = (1L << 32) * Sectors.SIZE;

  /** The least an EFI system partition needs to hold a kernel and its initramfs. */
  private static final Bytes KERNEL = Bytes.mebibytes(96);

  /** Folders that the kernel's own filesystems cover, and folders without which nothing mounts. */
  private static final List<String> COVERED = List.of("/dev", "/proc", "/run", "/sys");

  private static final List<String> NEEDED_FIRST = List.of("/bin", "/etc", "/lib", "/sbin");

  private final Manifest manifest;
  private final ManifestValue partitions;
  private final TableType table;
  private final Bootloader bootloader;
  private final LayoutRules rules;
  private final Problems problems;

  LayoutChecks(Manifest manifest, Problems problems) {
    this.manifest = manifest;
    this.problems = problems;
    partitions = manifest.at("volume.partitions");
    table = TableType.of(manifest);
    bootloader = Bootloader.of(manifest);
    rules = new LayoutRules(manifest);
  }

  void run() {
    checkSupport();
    Map<String, String> mountPoints = new LinkedHashMap<>();
    for (Map.Entry<String, Role> entry : rules.named().entrySet()) {
      checkPartition(entry.getKey(), entry.getValue(), mountPoints);
    }
    if (!isSumKnown()) {
      return;
    }
    checkOriginal();
    checkTable();
    if (table != TableType.NONE || rules.named().size() == 1) {
      checkSizes();
    }
  }

  /** Reports a volume whose size is no multiple of a grain, with the next size that is. */
  static void grain(Manifest manifest, Bytes grain, String what, Problems problems) {
    Bytes sum = new Bytes(new LayoutRules(manifest).sum());
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

  private void checkSupport() {
    ManifestValue backing = manifest.at("volume.backing");
    Optional<ImageFormat> format = ImageFormat.named(backing.text(""));
    if (backing.exists() && format.isEmpty()) {
      problems.error(
          backing,
          "This version cannot make a volume with the backing " + backing.text(),
          "Write raw or qcow2");
    }
    ManifestValue subformat = manifest.at("volume.subformat");
    if (subformat.exists() && !format.equals(Optional.of(ImageFormat.VMDK))) {
      problems.error(subformat, "Only a volume with backing vmdk has a subformat", "Leave it out");
    }
    if (format.equals(Optional.of(ImageFormat.FOLDER))) {
      checkFolder();
    }
    if (manifest.name().contains("/") && !format.equals(Optional.of(ImageFormat.LVM))) {
      problems.error(
          manifest.at("name"),
          "The image's file bears this name, and the name of a file holds no slash: "
              + manifest.name(),
          "Leave the slash out");
    }
  }

  private void checkFolder() {
    if (table != TableType.NONE) {
      problems.error(
          partitions.get("type"),
          "A folder has no partition table",
          "Set volume.partitions.type to none");
    }
    if (bootloader != Bootloader.NONE) {
      problems.error(
          manifest.at("system.bootloader"),
          "A folder is not booted, so it takes no bootloader",
          "Set system.bootloader to none");
    }
  }

  /** More than 63 bits cannot be calculated with, let alone stored. */
  private boolean isSumKnown() {
    try {
      rules.sum();
      return true;
    } catch (ArithmeticException e) {
      problems.error(
          partitions, "The sizes add up to more than any disk can have", "Write smaller sizes");
      return false;
    }
  }

  private void checkPartition(String name, Role role, Map<String, String> mountPoints) {
    ManifestValue where = partitions.get(name);
    if (role == Role.SWAP) {
      return;
    }
    String mountPoint =
        role == Role.ROOT ? "/" : role == Role.ESP ? "/boot/efi" : LayoutRules.mountPoint(name);
    if (role == Role.EXTRA) {
      checkMountPoint(where, name, mountPoint);
    }
    String other = mountPoints.putIfAbsent(mountPoint, name);
    boolean esp = Firmware.of(manifest).uefi() && bootloader.knowsUefi();
    if (other == null && role == Role.EXTRA && esp && mountPoint.equals("/boot/efi")) {
      other = "esp";
    }
    if (other != null) {
      problems.error(
          where,
          "Two partitions are for the mount point " + mountPoint + ": " + other + " and " + name,
          "Keep one of them");
    }
    if (role == Role.ESP) {
      checkKernelFits(where.get("size"));
    } else {
      checkFilesystem(where, role);
    }
  }

  private void checkMountPoint(ManifestValue where, String name, String mountPoint) {
    if (!mountPoint.matches("(/(?!\\.\\.?(/|$))[^/\\s\\\\]+)+")) {
      problems.error(
          where,
          "\"" + name + "\" is no path of a mount point",
          "Write one such as var or var/tmp, without blanks and without dots for folders");
    }
    String top = mountPoint.replaceFirst("(?<=.)/.*", "");
    if (COVERED.contains(top)) {
      problems.error(
          where,
          "What is mounted at "
              + mountPoint
              + " would lie under the "
              + top
              + " that the system mounts later",
          "Choose another mount point");
    } else if (NEEDED_FIRST.contains(top)) {
      problems.error(
          where,
          "The system needs " + top + " before it can mount anything, so it must be part of root",
          "Choose another mount point");
    }
  }

  private void checkKernelFits(ManifestValue size) {
    if (bootloader.needsUefi() && size.size().compareTo(KERNEL) < 0) {
      problems.error(
          size,
          "With "
              + bootloader
              + " the EFI system partition holds the kernel and its initramfs, for which "
              + size.size()
              + " is too small",
          "Set it to at least " + KERNEL + "; 512MiB has room for upgrades");
    }
  }

  private void checkFilesystem(ManifestValue where, Role role) {
    ManifestValue filesystem = where.get("filesystem");
    Optional<Filesystem> known = Filesystem.named(filesystem.text());
    if (known.isEmpty()) {
      problems.error(
          filesystem,
          "This version cannot make the filesystem " + filesystem.text(),
          "Write one of " + String.join(", ", Filesystem.names()));
    }
    boolean kernel = role == Role.BOOT || role == Role.ROOT && !partitions.get("boot").exists();
    if (bootloader == Bootloader.EXTLINUX
        && kernel
        && !known.filter(Filesystem::isExt).isPresent()) {
      problems.error(
          filesystem,
          "EXTLINUX cannot read a kernel from " + filesystem.text() + " here",
          "Write ext2, ext3 or ext4, or add a boot partition with one of them");
    }
    ManifestValue mode = where.get("mode");
    if (mode.exists() && !mode.text().matches("[0-7]{1,5}")) {
      problems.error(
          mode, "\"" + mode.text() + "\" is no octal mode", "Write one such as \"0755\"");
    }
    if (mode.exists() && filesystem.text().equals("btrfs")) {
      problems.error(
          mode,
          "mkfs.btrfs makes a filesystem's top folder with the mode 0755 and no other",
          "Leave the mode out or write another filesystem");
    }
    ManifestValue command = where.get("format_command");
    if (command.exists() && !FormatCommand.isSupported(where)) {
      problems.error(
          command,
          "The filesystem is filled while it is made, which this command cannot do",
          "Use " + FormatCommand.SUPPORTED + ", with {device_path}");
    }
    checkSubvolumes(where);
    known.ifPresent(it -> checkMountOptions(it, where.get("mountopts")));
  }

  private void checkSubvolumes(ManifestValue where) {
    ManifestValue subvolumes = where.get("subvolumes");
    if (subvolumes.exists() && !where.get("filesystem").text().equals("btrfs")) {
      problems.error(
          subvolumes,
          "The filesystem " + where.get("filesystem").text() + " has no subvolumes",
          "Leave them out or write btrfs");
    } else if (subvolumes.exists() && where.get("format_command").exists()) {
      problems.error(
          subvolumes, "With a format_command no subvolumes are made", "Leave one of the two out");
    }
    for (ManifestValue subvolume : subvolumes.items()) {
      if (!subvolume.text().matches("(?!\\.\\.?(/|$))[^/\\s]+(/(?!\\.\\.?(/|$))[^/\\s]+)*")) {
        problems.error(
            subvolume,
            "\"" + subvolume.text() + "\" is no path of a subvolume",
            "Write one such as home or var/log");
      }
    }
  }

  private void checkMountOptions(Filesystem filesystem, ManifestValue options) {
    for (ManifestValue option : options.items()) {
      for (String unknown : MountOptions.unknown(filesystem, List.of(option.text()))) {
        problems.error(
            option,
            "The filesystem " + filesystem + " knows no mount option " + unknown,
            Suggestion.nearest(unknown, MountOptions.known(filesystem))
                .map(name -> "Did you mean " + name + "?")
                .orElse("Leave it out"));
      }
    }
  }

  private void checkOriginal() {
    if (!LayoutRules.isOriginal(manifest)) {
      return;
    }
    ManifestValue layout = manifest.at("volume.layout");
    String instead = "Leave volume.layout out";
    if (Firmware.of(manifest).uefi() && bootloader.knowsUefi() || partitions.get("esp").exists()) {
      problems.error(layout, "The original's layout has no EFI system partition", instead);
    }
    for (Map.Entry<String, Role> entry : rules.named().entrySet()) {
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
      for (String name : rules.named().keySet()) {
        if (!name.equals("root")) {
          problems.error(
              partitions.get(name),
              "An unpartitioned volume holds the root filesystem only",
              "Leave this out or set volume.partitions.type to gpt");
        }
      }
    }
    Bytes sum = new Bytes(rules.sum());
    if (table == TableType.MSDOS && sum.count() > MSDOS_LIMIT) {
      problems.error(
          partitions.get("type"),
          "The volume has " + sum + ", and an msdos table reaches 2TiB",
          "Set volume.partitions.type to gpt");
    }
    ManifestValue backing = manifest.at("volume.backing");
    Optional<Bytes> maximum = ImageFormat.named(backing.text("")).flatMap(ImageFormat::maximum);
    if (maximum.filter(it -> it.compareTo(sum) < 0).isPresent()) {
      problems.error(
          backing,
          "The volume has " + sum + ", and " + backing.text() + " holds at most " + maximum.get(),
          "Make the partitions smaller or choose another backing");
    }
    grain(manifest, Bytes.mebibytes(1), "a volume", problems);
  }

  private void checkSizes() {
    for (Slot slot : rules.slots()) {
      if (slot.filesystem().isEmpty() || !slot.where().exists()) {
        continue;
      }
      long missing = slot.filesystem().get().minimum().count() - (slot.end() - slot.start());
      if (missing > 0) {
        long smallest = LayoutRules.roundedUp(slot.requested().count() + missing);
        problems.error(
            slot.where().get("size"),
            "The "
                + slot.name()
                + " partition is too small: "
                + slot.filesystem().get()
                + " needs "
                + slot.filesystem().get().minimum()
                + ", and the partition table and the boot partitions leave "
                + new Bytes(Math.max(0, slot.end() - slot.start()))
                + " of its "
                + slot.requested(),
            "Set it to at least " + new Bytes(smallest));
      }
    }
  }
}
