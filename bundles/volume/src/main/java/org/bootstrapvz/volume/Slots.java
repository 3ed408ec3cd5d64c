/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.value.Sectors;
import org.bootstrapvz.api.volume.Bootloader;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.api.volume.Firmware;
import org.bootstrapvz.volume.Partition.Role;
import org.bootstrapvz.volume.internal.filesystem.EfiFat;
import org.bootstrapvz.volume.internal.filesystem.SwapSpace;

/**
 * The positions of the partitions of a volume: the arithmetic of {@link VolumeLayout}, which also
 * works for a manifest whose partitions do not fit.
 */
final class Slots {
  static final long MEBIBYTE = 1 << 20;

  /** The number of partitions in an msdos table without an extended partition. */
  private static final int MSDOS_PARTITIONS = 4;

  /**
   * Sectors that the original leaves free for GRUB before the first partition of an msdos table.
   */
  private static final long ORIGINAL_GRUB = 4096;

  /** Sectors that a GPT occupies at each end. */
  private static final long GPT = 34;

  private final Manifest manifest;
  private final ManifestValue partitions;
  private final TableType table;
  private final Firmware firmware;
  private final Bootloader bootloader;
  private final boolean original;

  Slots(Manifest manifest) {
    this.manifest = manifest;
    partitions = manifest.at("volume.partitions");
    table = TableType.of(manifest);
    firmware = manifest.firmware();
    bootloader = manifest.bootloader();
    original = isOriginal(manifest);
  }

  /**
   * A part of the volume, which may turn out not to fit.
   *
   * @param where the partition in the manifest; absent for a partition that the manifest need not
   *     name
   * @param start first byte
   * @param end byte after the last; before {@code start} if nothing is left of the requested size
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

  /** Whether the manifest requests partitions at exactly the same sectors as in the original. */
  static boolean isOriginal(Manifest manifest) {
    return manifest.at("volume.layout").text("aligned").equals("original");
  }

  /** The slots of the volume, in order. */
  List<Slot> all() {
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
        // Each logical partition is preceded by its own table.
        start += MEBIBYTE;
      }
      slots.add(slot(entry.getValue(), entry.getKey(), where, start, end));
    }
    return slots;
  }

  /** One sector is left free between partitions, and no end is aligned. */
  private List<Slot> originalSlots() {
    List<Slot> slots = new ArrayList<>();
    boolean gpt = table == TableType.GPT;
    if (hasBiosBoot()) {
      slots.add(biosBoot(MEBIBYTE + Sectors.SIZE));
    }
    long front = gpt ? GPT : bootloader.embedded() ? ORIGINAL_GRUB : 1;
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
    return table == TableType.GPT && bootloader.embedded() && firmware.bios();
  }

  private Slot biosBoot(long end) {
    ManifestValue none = partitions.get("type").get("bios");
    return slot(Role.BIOS_BOOT, "bios", none, GPT * Sectors.SIZE, end);
  }

  private boolean hasImplicitEsp() {
    return firmware.uefi() && bootloader.supports(Firmware.UEFI) && !partitions.get("esp").exists();
  }

  /** The size of an EFI system partition that is not in the manifest. */
  private long implicitEsp() {
    return (bootloader.kernelOnEsp() ? 512 : 64) * MEBIBYTE;
  }

  private Slot slot(Role role, String name, ManifestValue where, long start, long end) {
    Optional<String> mountPoint =
        switch (role) {
          case ROOT -> Optional.of("/");
          case ESP -> Optional.of("/boot/efi");
          case SWAP, BIOS_BOOT, EXTENDED -> Optional.empty();
          case BOOT, EXTRA -> Optional.of(mountPoint(name));
        };
    Optional<Filesystem> filesystem =
        switch (role) {
          case ESP -> Optional.of(EfiFat.DEFINITION);
          case SWAP -> Optional.of(SwapSpace.DEFINITION);
          case BIOS_BOOT, EXTENDED -> Optional.empty();
          case BOOT, ROOT, EXTRA -> Optional.of(manifest.filesystem(where));
        };
    return new Slot(role, name, where, mountPoint, filesystem, start, end);
  }

  /** The partitions of the manifest in their order on the volume. */
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
}
