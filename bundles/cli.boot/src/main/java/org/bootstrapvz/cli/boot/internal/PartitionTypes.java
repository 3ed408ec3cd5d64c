/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads the types of the partitions in a GPT (UEFI specification, 5.3). */
final class PartitionTypes {
  /** Sectors of a GPT with the usual number of entries. */
  static final int GPT_SECTORS = 34;

  private static final int SECTOR = 512;

  private PartitionTypes() {}

  /**
   * The types in order of their entries; empty without a GPT.
   *
   * @param start the first sectors of the disk
   */
  static List<UUID> of(byte[] start) {
    ByteBuffer disk = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    if (disk.capacity() < 2 * SECTOR
        || !new String(start, SECTOR, 8, StandardCharsets.US_ASCII).equals("EFI PART")) {
      return List.of();
    }
    long first = disk.getLong(SECTOR + 72) * SECTOR;
    int number = disk.getInt(SECTOR + 80);
    int size = disk.getInt(SECTOR + 84);
    List<UUID> types = new ArrayList<>();
    for (int i = 0; i < number && size > 0; i++) {
      long at = first + (long) i * size;
      if (at < 0 || at > disk.capacity() - 16) {
        break;
      }
      types.add(type(disk, (int) at));
    }
    return types;
  }

  /** A GPT writes the first three parts of a UUID with their last byte first. */
  private static UUID type(ByteBuffer disk, int at) {
    long high =
        (disk.getInt(at) & 0xffffffffL) << 32
            | (disk.getShort(at + 4) & 0xffffL) << 16
            | disk.getShort(at + 6) & 0xffffL;
    return new UUID(high, Long.reverseBytes(disk.getLong(at + 8)));
  }
}
