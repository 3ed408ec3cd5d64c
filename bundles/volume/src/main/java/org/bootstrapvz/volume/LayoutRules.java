/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.size.Bytes;
import org.bootstrapvz.api.size.Sectors;
import org.bootstrapvz.volume.Partition.Role;

/** The arithmetic of {@link VolumeLayout} and the checks that go with it. */
final class LayoutRules {
  /** Size of an EFI system partition that the manifest does not name. */
  private static final long IMPLICIT_ESP = 64 << 20;

  private static final long MEBIBYTE = 1 << 20;

  /** An msdos table counts sectors with 32 bits. */
  private static final long MSDOS_LIMIT = (1L << 32) * Sectors.SIZE;

  private static final int MSDOS_PARTITIONS = 4;

  private static final Map<String, String> ROOT_TYPES =
      Map.of(
          "amd64", "4f68bce3-e8cd-4db1-96e7-fbcaf984b709",
          "i386", "44479540-f297-41b2-9af7-d131d5f0458a",
          "arm64", "b921b045-1df0-41c3-af44-4c6f280d3fae");
  private static final Map<String, String> USR_TYPES =
      Map.of(
          "amd64", "8484680c-9521-48c6-9c11-b0720656f69e",
          "i386", "75250d76-8cc6-458e-bd66-bd47cc81a812",
          "arm64", "b0e01050-ee5f-4390-949a-9101b17104e9");
  private static final Map<String, String> EXTRA_TYPES =
      Map.of(
          "/home", "933ac7e1-2eb4-4f13-b844-0e14e2aef915",
          "/srv", "3b8f8425-20e0-4f3b-907f-1a25a76f98e8",
          "/var", "4d21b016-b534-45c2-a9fb-5c16e091fd2d",
          "/var/tmp", "7ec6f557-3bc5-4aca-b293-16ef5df639d1");
  private static final String LINUX_DATA = "0fc63daf-8483-4772-8e79-3d69d8477de4";

  private final Manifest manifest;
  private final ManifestValue partitions;
  private final TableType table;
  private final Firmware firmware;
  private final boolean grub;

  LayoutRules(Manifest manifest) {
    this.manifest = manifest;
    partitions = manifest.at("volume.partitions");
    table = TableType.of(manifest);
    firmware = Firmware.of(manifest);
    grub = manifest.at("system.bootloader").text("none").equals("grub");
  }

  /**
   * A piece of the volume before anything is known to fit.
   *
   * @param where the partition in the manifest; absent for what the manifest need not name
   * @param start first byte
   * @param end byte after the last; before {@code start} if the requested size is eaten up
   */
  record Slot(
      Role role,
      String name,
      ManifestValue where,
      Optional<String> mountPoint,
      Optional<Filesystem> filesystem,
      long start,
      long end) {
    Bytes requested() {
      return where.exists() ? where.get("size").size() : new Bytes(end - start);
    }
  }

  /** What is on the volume, in its order. */
  List<Slot> slots() {
    List<Slot> slots = new ArrayList<>();
    long free = 0;
    if (table != TableType.NONE) {
      if (table == TableType.GPT && grub && firmware.bios()) {
        slots.add(
            new Slot(
                Role.BIOS_BOOT,
                "bios",
                partitions.get("type").get("bios"),
                Optional.empty(),
                Optional.empty(),
                34L * Sectors.SIZE,
                MEBIBYTE));
      }
      free = MEBIBYTE;
      if (firmware.uefi() && !partitions.get("esp").exists()) {
        free += IMPLICIT_ESP;
        slots.add(
            new Slot(
                Role.ESP,
                "esp",
                partitions.get("esp"),
                Optional.of("/boot/efi"),
                Optional.of(Filesystem.VFAT),
                MEBIBYTE,
                free));
      }
    }
    Map<String, Role> named = named();
    long limit = roundedUp(sum()) - (table == TableType.GPT ? MEBIBYTE : 0);
    long sum = 0;
    int left = named.size();
    for (Map.Entry<String, Role> entry : named.entrySet()) {
      ManifestValue where = partitions.get(entry.getKey());
      long start = Math.max(roundedUp(sum), free);
      sum += where.get("size").size().count();
      long end = --left == 0 ? limit : roundedUp(sum);
      slots.add(slot(entry.getValue(), entry.getKey(), where, start, end));
    }
    return slots;
  }

  private static Slot slot(Role role, String name, ManifestValue where, long start, long end) {
    Optional<String> mountPoint =
        switch (role) {
          case ROOT -> Optional.of("/");
          case ESP -> Optional.of("/boot/efi");
          case SWAP, BIOS_BOOT -> Optional.empty();
          case BOOT, EXTRA -> Optional.of(mountPoint(name));
        };
    Optional<Filesystem> filesystem =
        switch (role) {
          case ESP -> Optional.of(Filesystem.VFAT);
          case SWAP -> Optional.of(Filesystem.SWAP);
          case BIOS_BOOT -> Optional.empty();
          case BOOT, ROOT, EXTRA -> Filesystem.named(where.get("filesystem").text());
        };
    return new Slot(role, name, where, mountPoint, filesystem, start, end);
  }

  /** The partitions of the manifest in the order in which they lie on the volume. */
  private Map<String, Role> named() {
    Map<String, Role> roles = new LinkedHashMap<>();
    roles.put("esp", Role.ESP);
    roles.put("boot", Role.BOOT);
    roles.put("swap", Role.SWAP);
    roles.put("root", Role.ROOT);
    roles.keySet().removeIf(name -> !partitions.get(name).exists());
    for (String name : partitions.entries().keySet()) {
      if (!name.equals("type")) {
        roles.putIfAbsent(name, Role.EXTRA);
      }
    }
    return roles;
  }

  private long sum() {
    return named().keySet().stream()
        .map(name -> partitions.get(name).get("size").size())
        .reduce(new Bytes(0), Bytes::plus)
        .count();
  }

  private static String mountPoint(String name) {
    return "/" + name.replaceAll("/+", "/").replaceAll("^/|/$", "");
  }

  private static long roundedUp(long bytes) {
    return (bytes + MEBIBYTE - 1) / MEBIBYTE * MEBIBYTE;
  }

  VolumeLayout layout(Supplier<UUID> uuids) {
    String id =
        switch (table) {
          case GPT -> uuids.get().toString();
          case MSDOS -> serial(uuids.get());
          case NONE -> "";
        };
    List<Slot> slots = slots();
    boolean boot = slots.stream().anyMatch(slot -> slot.role() == Role.BOOT);
    List<Partition> result = new ArrayList<>();
    for (Slot slot : slots) {
      int index = table == TableType.NONE ? 0 : result.size() + 1;
      String uuid = slot.filesystem().isPresent() ? uuids.get().toString() : "";
      if (slot.role() == Role.ESP) {
        String serial = serial(uuids.get()).toUpperCase(Locale.ROOT);
        uuid = serial.substring(0, 4) + "-" + serial.substring(4);
      }
      String partUuid =
          switch (table) {
            case GPT -> uuids.get().toString();
            case MSDOS -> id + "-" + String.format("%02x", index);
            case NONE -> "";
          };
      boolean bootable = slot.role() == (boot ? Role.BOOT : Role.ROOT);
      ManifestValue where = slot.where();
      result.add(
          new Partition(
              index,
              slot.role(),
              slot.name(),
              slot.mountPoint(),
              slot.filesystem(),
              Sectors.of(new Bytes(slot.start())),
              Sectors.of(new Bytes(slot.end()).minus(new Bytes(slot.start()))),
              slot.requested(),
              type(slot),
              uuid,
              partUuid,
              label(slot.name()),
              where.get("mountopts").texts(),
              where.get("mode").exists()
                  ? OptionalInt.of(Integer.parseInt(where.get("mode").text(), 8))
                  : OptionalInt.empty(),
              where.get("format_command").texts(),
              table == TableType.MSDOS && bootable));
    }
    return new VolumeLayout(table, id, Sectors.of(new Bytes(sum())), result);
  }

  /** 8 hexadecimal digits. */
  private static String serial(UUID uuid) {
    return String.format("%08x", (int) uuid.getLeastSignificantBits());
  }

  /** 16 characters is the most that ext takes. */
  private static String label(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^-+|-+$", "");
    return plain.substring(0, Math.min(16, plain.length()));
  }

  private String type(Slot slot) {
    if (table == TableType.NONE) {
      return "";
    }
    boolean gpt = table == TableType.GPT;
    return switch (slot.role()) {
      case BIOS_BOOT -> "21686148-6449-6e6f-744e-656564454649";
      case ESP -> gpt ? "c12a7328-f81f-11d2-ba4b-00a0c93ec93b" : "ef";
      case SWAP -> gpt ? "0657fd6d-a4ab-43c4-84e5-0933c84b4f4f" : "82";
      case BOOT -> gpt ? "bc13c2ff-59e6-4262-a352-b275fd6f7172" : "83";
      case ROOT -> gpt ? ROOT_TYPES.getOrDefault(manifest.architecture(), LINUX_DATA) : "83";
      case EXTRA -> gpt ? extraType(slot.mountPoint().orElseThrow()) : "83";
    };
  }

  private String extraType(String mountPoint) {
    return mountPoint.equals("/usr")
        ? USR_TYPES.getOrDefault(manifest.architecture(), LINUX_DATA)
        : EXTRA_TYPES.getOrDefault(mountPoint, LINUX_DATA);
  }

  void check(Problems problems) {
    checkSupport(problems);
    checkBootloader(problems);
    Map<String, String> mountPoints = new LinkedHashMap<>();
    for (Map.Entry<String, Role> entry : named().entrySet()) {
      checkPartition(problems, entry.getKey(), entry.getValue(), mountPoints);
    }
    checkTable(problems);
    if (table != TableType.NONE || named().size() == 1) {
      checkSizes(problems);
    }
  }

  private void checkSupport(Problems problems) {
    ManifestValue backing = manifest.at("volume.backing");
    if (backing.exists() && ImageFormat.named(backing.text()).isEmpty()) {
      problems.error(
          backing,
          "This version cannot make a volume with the backing " + backing.text(),
          "Write raw or qcow2");
    }
    if (manifest.name().contains("/")) {
      problems.error(
          manifest.at("name"),
          "The image's file bears this name, and the name of a file holds no slash: "
              + manifest.name(),
          "Leave the slash out");
    }
  }

  private void checkBootloader(Problems problems) {
    ManifestValue bootloader = manifest.at("system.bootloader");
    ManifestValue where = manifest.at("system.firmware");
    String name = bootloader.text("none");
    if (!name.equals("grub") && !name.equals("none")) {
      problems.error(
          bootloader,
          "This version cannot install the bootloader " + name,
          "Write grub, or none to boot the kernel directly");
    }
    if (grub && table == TableType.NONE) {
      problems.error(
          bootloader,
          "GRUB cannot be installed on an unpartitioned volume: it has no room there",
          "Set volume.partitions.type to gpt or msdos, or system.bootloader to none");
    }
    if (grub && firmware.bios() && manifest.architecture().equals("arm64")) {
      problems.error(
          where, "An arm64 machine has no BIOS that GRUB could be started from", "Write uefi");
    }
    if (where.exists() && firmware.uefi() && table == TableType.NONE) {
      problems.error(
          where,
          "UEFI boots from an EFI system partition, which an unpartitioned volume does not have",
          "Set volume.partitions.type to gpt or msdos");
    }
  }

  private void checkPartition(
      Problems problems, String name, Role role, Map<String, String> mountPoints) {
    ManifestValue where = partitions.get(name);
    if (role == Role.SWAP) {
      return;
    }
    String mountPoint = role == Role.ROOT ? "/" : role == Role.ESP ? "/boot/efi" : mountPoint(name);
    if (role == Role.EXTRA && !mountPoint.matches("(/(?!\\.\\.?(/|$))[^/\\s\\\\]+)+")) {
      problems.error(
          where,
          "\"" + name + "\" is no path of a mount point",
          "Write one such as var or var/tmp, without blanks and without dots for folders");
    }
    String other = mountPoints.putIfAbsent(mountPoint, name);
    if (other == null && role == Role.EXTRA && firmware.uefi() && mountPoint.equals("/boot/efi")) {
      other = "esp";
    }
    if (other != null) {
      problems.error(
          where,
          "Two partitions are for the mount point " + mountPoint + ": " + other + " and " + name,
          "Keep one of them");
    }
    if (role == Role.ESP) {
      return;
    }
    ManifestValue mode = where.get("mode");
    if (mode.exists() && !mode.text().matches("[0-7]{1,5}")) {
      problems.error(
          mode, "\"" + mode.text() + "\" is no octal mode", "Write one such as \"0755\"");
    }
    ManifestValue filesystem = where.get("filesystem");
    if (Filesystem.named(filesystem.text()).isEmpty()) {
      problems.error(
          filesystem,
          "This version cannot make the filesystem " + filesystem.text(),
          "Write one of " + String.join(", ", Filesystem.names()));
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
  }

  private void checkTable(Problems problems) {
    if (table == TableType.NONE) {
      for (String name : named().keySet()) {
        if (!name.equals("root")) {
          problems.error(
              partitions.get(name),
              "An unpartitioned volume holds the root filesystem only",
              "Leave this out or set volume.partitions.type to gpt");
        }
      }
    }
    if (table == TableType.MSDOS && slots().size() > MSDOS_PARTITIONS) {
      problems.error(
          partitions.get("type"),
          "The volume has "
              + slots().size()
              + " partitions, and an msdos table holds "
              + MSDOS_PARTITIONS,
          "Set volume.partitions.type to gpt");
    }
    if (table == TableType.MSDOS && sum() > MSDOS_LIMIT) {
      problems.error(
          partitions.get("type"),
          "The volume has " + new Bytes(sum()) + ", and an msdos table reaches 2TiB",
          "Set volume.partitions.type to gpt");
    }
    if (sum() % MEBIBYTE != 0) {
      problems.error(
          partitions,
          "The sizes add up to " + new Bytes(sum()) + ", which is not a whole number of MiB",
          "Make all sizes whole numbers of MiB");
    }
  }

  private void checkSizes(Problems problems) {
    for (Slot slot : slots()) {
      if (slot.filesystem().isEmpty() || !slot.where().exists()) {
        continue;
      }
      long missing = slot.filesystem().get().minimum().count() - (slot.end() - slot.start());
      if (missing > 0) {
        long smallest = roundedUp(slot.requested().count() + missing);
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
