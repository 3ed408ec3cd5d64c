/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.value.Sectors;
import org.bootstrapvz.api.volume.Bootloader;
import org.bootstrapvz.api.volume.Firmware;
import org.bootstrapvz.volume.Partition.Role;
import org.bootstrapvz.volume.Slots.Slot;

/** Creates a {@link VolumeLayout}: assigns UUIDs, types and labels to the slots of a volume. */
final class LayoutPlanner {
  private final Manifest manifest;
  private final TableType table;
  private final Slots slots;
  private final Supplier<UUID> uuids;

  LayoutPlanner(Manifest manifest, Supplier<UUID> uuids) {
    this.manifest = manifest;
    this.uuids = uuids;
    table = TableType.of(manifest);
    slots = new Slots(manifest);
  }

  VolumeLayout layout() {
    String id =
        switch (table) {
          case GPT -> uuids.get().toString();
          case MSDOS -> serial(uuids.get());
          case NONE -> "";
        };
    List<Slot> all = slots.all();
    boolean boot = all.stream().anyMatch(slot -> slot.role() == Role.BOOT);
    List<Partition> result = new ArrayList<>();
    for (Slot slot : all) {
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
              PartitionTypes.of(
                  table, slot.role(), slot.mountPoint().orElse(""), manifest.architecture()),
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
    return new VolumeLayout(table, id, Sectors.of(new Bytes(slots.sum())), result);
  }

  /**
   * On a GPT, a BIOS starts the embedded GRUB by itself; all other bootloaders need the flag of the
   * partition.
   */
  private boolean hasBootFlag() {
    Bootloader bootloader = manifest.bootloader();
    boolean legacy = bootloader.supports(Firmware.BIOS) || Slots.isOriginal(manifest);
    return table == TableType.MSDOS || table == TableType.GPT && legacy && !bootloader.embedded();
  }

  /** 8 hexadecimal digits. */
  private static String serial(UUID uuid) {
    return String.format("%08x", (int) uuid.getLeastSignificantBits());
  }

  /** At most 16 characters, the limit of ext. */
  private static String label(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^-+|-+$", "");
    return plain.substring(0, Math.min(16, plain.length()));
  }
}
