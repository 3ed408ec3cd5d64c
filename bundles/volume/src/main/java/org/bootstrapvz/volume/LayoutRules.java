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
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.value.Sectors;
import org.bootstrapvz.volume.Partition.Role;

/** The arithmetic of {@link VolumeLayout}. */
final class LayoutRules {
  static final long MEBIBYTE = 1 << 20;

  /** What an msdos table holds without an extended partition. */
  private static final int MSDOS_PARTITIONS = 4;

  /** Sectors that the original leaves free at the front of an msdos table for GRUB. */
  private static final long ORIGINAL_GRUB = 4096;

  /** Sectors that a GPT takes at each end. */
  private static final long GPT = 34;

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
  private final Bootloader bootloader;
  private final boolean original;

  LayoutRules(Manifest manifest) {
    this.manifest = manifest;
    partitions = manifest.at("volume.partitions");
    table = TableType.of(manifest);
    firmware = Firmware.of(manifest);
    bootloader = Bootloader.of(manifest);
    original = isOriginal(manifest);
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

  /**
   * Whether a manifest asks for partitions that lie, to the sector, where the original put them.
   */
  static boolean isOriginal(Manifest manifest) {
    return manifest.at("volume.layout").text("aligned").equals("original");
  }

  /** What is on the volume, in its order. */
  List<Slot> slots() {
    return original && table != TableType.NONE ? originalSlots() : alignedSlots();
  }

  private List<Slot> alignedSlots() {
    List<Slot> slots = new ArrayList<>();
    long free = 0;
    if (table != TableType.NONE) {
      if (hasBiosBoot()) {
        slots.add(biosBoot(MEBIBYTE));
      }
      free = MEBIBYTE;
      if (hasImplicitEsp()) {
        free += implicitEsp();
        slots.add(slot(Role.ESP, "esp", partitions.get("esp"), MEBIBYTE, free));
      }
    }
    Map<String, Role> named = named();
    long limit = roundedUp(sum()) - (table == TableType.GPT ? MEBIBYTE : 0);
    boolean extended = table == TableType.MSDOS && slots.size() + named.size() > MSDOS_PARTITIONS;
    long sum = 0;
    int left = named.size();
    for (Map.Entry<String, Role> entry : named.entrySet()) {
      ManifestValue where = partitions.get(entry.getKey());
      long start = Math.max(roundedUp(sum), free);
      sum += where.get("size").size().count();
      long end = --left == 0 ? limit : roundedUp(sum);
      if (extended && slots.size() == MSDOS_PARTITIONS - 1) {
        ManifestValue none = partitions.get("type").get("extended");
        slots.add(slot(Role.EXTENDED, "extended", none, start, limit));
      }
      if (extended && slots.size() >= MSDOS_PARTITIONS) {
        // Each logical partition has a table of its own before it.
        start += MEBIBYTE;
      }
      slots.add(slot(entry.getValue(), entry.getKey(), where, start, end));
    }
    return slots;
  }

  /** Partitions follow each other with a sector between them, and no end is aligned. */
  private List<Slot> originalSlots() {
    List<Slot> slots = new ArrayList<>();
    boolean gpt = table == TableType.GPT;
    if (hasBiosBoot()) {
      slots.add(biosBoot(MEBIBYTE + Sectors.SIZE));
    }
    long front = gpt ? GPT : bootloader == Bootloader.GRUB ? ORIGINAL_GRUB : 1;
    long begin = slots.isEmpty() ? front * Sectors.SIZE : MEBIBYTE + Sectors.SIZE;
    Map<String, Role> named = named();
    long sum = 0;
    int left = named.size();
    for (Map.Entry<String, Role> entry : named.entrySet()) {
      ManifestValue where = partitions.get(entry.getKey());
      sum += where.get("size").size().count();
      long last = --left == 0 ? sum - (gpt ? GPT : 1) * Sectors.SIZE : sum;
      slots.add(slot(entry.getValue(), entry.getKey(), where, begin, last + Sectors.SIZE));
      begin = sum + Sectors.SIZE;
    }
    return slots;
  }

  private boolean hasBiosBoot() {
    return table == TableType.GPT && bootloader == Bootloader.GRUB && firmware.bios();
  }

  private Slot biosBoot(long end) {
    ManifestValue none = partitions.get("type").get("bios");
    return slot(Role.BIOS_BOOT, "bios", none, GPT * Sectors.SIZE, end);
  }

  private boolean hasImplicitEsp() {
    return firmware.uefi() && bootloader.knowsUefi() && !partitions.get("esp").exists();
  }

  /** Size of an EFI system partition that the manifest does not name. */
  private long implicitEsp() {
    return (bootloader.needsUefi() ? 512 : 64) * MEBIBYTE;
  }

  private static Slot slot(Role role, String name, ManifestValue where, long start, long end) {
    Optional<String> mountPoint =
        switch (role) {
          case ROOT -> Optional.of("/");
          case ESP -> Optional.of("/boot/efi");
          case SWAP, BIOS_BOOT, EXTENDED -> Optional.empty();
          case BOOT, EXTRA -> Optional.of(mountPoint(name));
        };
    Optional<Filesystem> filesystem =
        switch (role) {
          case ESP -> Optional.of(Filesystem.VFAT);
          case SWAP -> Optional.of(Filesystem.SWAP);
          case BIOS_BOOT, EXTENDED -> Optional.empty();
          case BOOT, ROOT, EXTRA -> Filesystem.named(where.get("filesystem").text());
        };
    return new Slot(role, name, where, mountPoint, filesystem, start, end);
  }

  /** The partitions of the manifest in the order in which they lie on the volume. */
  Map<String, Role> named() {
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

  /** The size of the volume. */
  long sum() {
    return named().keySet().stream()
        .map(name -> partitions.get(name).get("size").size())
        .reduce(new Bytes(0), Bytes::plus)
        .count();
  }

  static String mountPoint(String name) {
    return "/" + name.replaceAll("/+", "/").replaceAll("^/|/$", "");
  }

  static long roundedUp(long bytes) {
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
              where.get("subvolumes").texts().stream().sorted().toList(),
              bootable && hasBootFlag()));
    }
    return new VolumeLayout(table, id, Sectors.of(new Bytes(sum())), result);
  }

  /** A BIOS starts GRUB on a GPT, but everything else there, through the partition. */
  private boolean hasBootFlag() {
    boolean legacy = bootloader == Bootloader.EXTLINUX;
    legacy |= original && bootloader != Bootloader.GRUB;
    return table == TableType.MSDOS || table == TableType.GPT && legacy;
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
      case EXTENDED -> "5";
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
}
