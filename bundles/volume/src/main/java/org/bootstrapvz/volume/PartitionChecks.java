/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.volume.Bootloader;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.api.volume.Firmware;
import org.bootstrapvz.volume.Partition.Role;

/** Checks that partitions are valid and that the image can boot from them. */
final class PartitionChecks {
  /** The minimum size of an EFI system partition that contains a kernel and its initramfs. */
  private static final Bytes KERNEL = Bytes.mebibytes(96);

  /** Directories that are hidden by filesystems of the kernel. */
  private static final List<String> COVERED = List.of("/dev", "/proc", "/run", "/sys");

  /** Directories that are needed to mount other filesystems. */
  private static final List<String> NEEDED_FIRST = List.of("/bin", "/etc", "/lib", "/sbin");

  private final Manifest manifest;
  private final ManifestValue partitions;
  private final Bootloader bootloader;
  private final Map<String, Role> named;
  private final Problems problems;

  /** Maps mount points to the names of their partitions. */
  private final Map<String, String> mountPoints = new LinkedHashMap<>();

  PartitionChecks(Manifest manifest, Map<String, Role> named, Problems problems) {
    this.manifest = manifest;
    this.named = named;
    this.problems = problems;
    partitions = manifest.at("volume.partitions");
    bootloader = manifest.bootloader();
  }

  void run() {
    named.forEach(this::checkPartition);
  }

  private void checkPartition(String name, Role role) {
    ManifestValue where = partitions.get(name);
    if (role == Role.SWAP) {
      return;
    }
    String mountPoint =
        role == Role.ROOT ? "/" : role == Role.ESP ? "/boot/efi" : Slots.mountPoint(name);
    if (role == Role.EXTRA) {
      checkMountPoint(where, name, mountPoint);
    }
    String other = mountPoints.putIfAbsent(mountPoint, name);
    boolean esp = manifest.firmware().uefi() && bootloader.supports(Firmware.UEFI);
    if (other == null && role == Role.EXTRA && esp && mountPoint.equals("/boot/efi")) {
      other = "esp";
    }
    if (other != null) {
      problems.error(
          where,
          "Two partitions have the mount point " + mountPoint + ": " + other + " and " + name,
          "Keep one of them");
    }
    if (role == Role.ESP) {
      checkKernelFits(where.get("size"));
    } else {
      checkFilesystem(where);
    }
  }

  private void checkMountPoint(ManifestValue where, String name, String mountPoint) {
    if (!isPath(mountPoint)) {
      problems.error(
          where,
          "\"" + name + "\" is not a path of a mount point",
          "Write one such as var or var/tmp, without blanks, . and ..");
    }
    String top = mountPoint.replaceFirst("(?<=.)/.*", "");
    if (COVERED.contains(top)) {
      problems.error(
          where,
          "A filesystem at "
              + mountPoint
              + " would be covered by the "
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

  /** An absolute path without blanks, backslashes, . and .. */
  private static boolean isPath(String mountPoint) {
    return mountPoint.startsWith("/")
        && mountPoint.chars().noneMatch(c -> Character.isWhitespace(c) || c == '\\')
        && List.of(mountPoint.substring(1).split("/", -1)).stream()
            .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
  }

  private void checkKernelFits(ManifestValue size) {
    if (bootloader.kernelOnEsp() && size.size().compareTo(KERNEL) < 0) {
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

  private void checkFilesystem(ManifestValue where) {
    Filesystem filesystem = manifest.filesystem(where);
    ManifestValue mode = where.get("mode");
    if (mode.exists() && !mode.text().matches("[0-7]{1,5}")) {
      problems.error(
          mode, "\"" + mode.text() + "\" is not an octal mode", "Write one such as \"0755\"");
    }
    ManifestValue command = where.get("format_command");
    if (command.exists()) {
      checkFormatCommand(filesystem, command);
    }
  }

  private void checkFormatCommand(Filesystem filesystem, ManifestValue command) {
    String first = command.texts().get(0).replace("{fs}", filesystem.name());
    boolean known =
        filesystem.formatCommands().contains(String.valueOf(Path.of(first).getFileName()));
    if (!known || command.texts().stream().noneMatch(word -> word.contains("{device_path}"))) {
      problems.error(
          command,
          "The filesystem is filled while it is made, which this command cannot do",
          filesystem.formatCommands().isEmpty()
              ? "Remove it"
              : "Use " + String.join(" or ", filesystem.formatCommands()) + ", with {device_path}");
    }
  }
}
