/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Detects the format of an image from its content; the names are those of QEMU. */
final class ImageFormat {
  private static final int SECTOR = 512;
  private static final int VDI_SIGNATURE_AT = 64;

  private ImageFormat() {}

  /** The format of an image; raw if it has no signature. */
  static String of(Path image) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "r")) {
      byte[] head = read(file, 0);
      if (has(head, 0, 'Q', 'F', 'I', 0xfb)) {
        return "qcow2";
      }
      if (has(head, 0, 'K', 'D', 'M', 'V') || startsWith(head, "# Disk DescriptorFile")) {
        return "vmdk";
      }
      if (has(head, VDI_SIGNATURE_AT, 0x7f, 0x10, 0xda, 0xbe)) {
        return "vdi";
      }
      if (startsWith(head, "vhdxfile")) {
        return "vhdx";
      }
      // A fixed VHD has its only signature at the end.
      boolean vhd =
          startsWith(head, "conectix")
              || file.length() > SECTOR
                  && startsWith(read(file, file.length() - SECTOR), "conectix");
      return vhd ? "vpc" : "raw";
    }
  }

  private static byte[] read(RandomAccessFile file, long position) throws IOException {
    byte[] sector = new byte[SECTOR];
    file.seek(position);
    int length = file.read(sector);
    return Arrays.copyOf(sector, Math.max(0, length));
  }

  private static boolean startsWith(byte[] data, String text) {
    byte[] start = text.getBytes(StandardCharsets.US_ASCII);
    return data.length >= start.length
        && Arrays.equals(data, 0, start.length, start, 0, start.length);
  }

  private static boolean has(byte[] data, int at, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (at + i >= data.length || (data[at + i] & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
