/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds data in a zip file that belongs to no entry: before, between or after the entries. A
 * program may read such data although no signature covers it. (APPNOTE.TXT of PKWARE, 4.3)
 */
final class ZipLayout {
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int LOCAL_LENGTH = 30;
  private static final int CENTRAL_LENGTH = 46;
  private static final int END_LENGTH = 22;

  /** An entry of unknown length is followed by its checksum and sizes. */
  private static final int DESCRIPTOR_FLAG = 8;

  private final ByteBuffer zip;

  private ZipLayout(byte[] content) {
    zip = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Why a file holds more than its entries, as the end of a sentence; empty if it does not. */
  static Optional<String> strayData(byte[] content) {
    try {
      return new ZipLayout(content).stray();
    } catch (IndexOutOfBoundsException e) {
      return Optional.of("is not a complete zip file");
    }
  }

  private Optional<String> stray() {
    int end = zip.capacity() - END_LENGTH;
    if (zip.getInt(end) != END || unsignedShort(end + 20) != 0) {
      return Optional.of("holds data after its entries, or a comment, which no signature covers");
    }
    int central = zip.getInt(end + 16);
    if (central + zip.getInt(end + 12) != end) {
      return Optional.of("holds data before its entries, which no signature covers");
    }
    Map<Integer, Integer> entries = new TreeMap<>();
    int at = central;
    while (at < end) {
      if (zip.getInt(at) != CENTRAL) {
        return Optional.of("holds data in its list of entries, which no signature covers");
      }
      entries.put(zip.getInt(at + 42), at);
      at +=
          CENTRAL_LENGTH + unsignedShort(at + 28) + unsignedShort(at + 30) + unsignedShort(at + 32);
    }
    int expected = 0;
    for (Map.Entry<Integer, Integer> entry : entries.entrySet()) {
      int gap = entry.getKey() - expected;
      if (gap != 0 || zip.getInt(entry.getKey()) != LOCAL) {
        return strayAt(expected);
      }
      expected = endOfEntry(entry.getKey(), entry.getValue());
    }
    return expected == central && at == end ? Optional.empty() : strayAt(expected);
  }

  private static Optional<String> strayAt(int position) {
    return Optional.of(
        "holds data that belongs to no entry at byte " + position + ", which no signature covers");
  }

  private int endOfEntry(int local, int central) {
    int end =
        local
            + LOCAL_LENGTH
            + unsignedShort(local + 26)
            + unsignedShort(local + 28)
            + zip.getInt(central + 20);
    if ((unsignedShort(local + 6) & DESCRIPTOR_FLAG) == 0) {
      return end;
    }
    // The signature of the descriptor is optional.
    return end + (zip.getInt(end) == 0x08074b50 ? 16 : 12);
  }

  private int unsignedShort(int at) {
    return zip.getShort(at) & 0xffff;
  }
}
