/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Sectors;

/**
 * Writes GRUB for the BIOS into a volume: {@code boot.img} into its first sector, {@code core.img}
 * into the space that the partition table leaves free, as GRUB's own {@code grub-bios-setup} does
 * on a device.
 */
public final class BiosBoot {
  /** Offset in boot.img of the first sector of core.img, 8 bytes. */
  private static final int KERNEL_SECTOR = 0x5c;

  /** Offset in boot.img of the drive to read from; 0xff for the one that the BIOS booted from. */
  private static final int BOOT_DRIVE = 0x64;

  /** Offset in boot.img of a jump that is only needed for floppies, 2 bytes. */
  private static final int DRIVE_CHECK = 0x66;

  /**
   * The part of the first sector of a disk that GRUB must not overwrite: signature, partition table
   * and boot signature.
   */
  private static final int DISK_SIGNATURE = 0x1b8;

  /**
   * At the end of the first sector of core.img: the location of the rest, as sector (8 bytes),
   * number of sectors and load segment (2 bytes each).
   */
  private static final int BLOCK_LIST = 0x1f4;

  private static final short LOAD_SEGMENT = 0x820;

  private BiosBoot() {}

  /**
   * Writes both into an image.
   *
   * @throws BuildException if they do not fit, or are not images of GRUB
   */
  public static void embed(VolumeLayout layout, Path image, byte[] bootImage, byte[] coreImage)
      throws BuildException, IOException {
    Sectors at = new Sectors(1);
    Sectors end = layout.partitions().get(0).start();
    if (layout.table() == TableType.GPT) {
      Partition partition = layout.with(Partition.Role.BIOS_BOOT).orElseThrow();
      at = partition.start();
      end = partition.end();
    }
    embed(image, bootImage, coreImage, at, end.minus(at));
  }

  static void embed(Path image, byte[] bootImage, byte[] coreImage, Sectors at, Sectors room)
      throws BuildException, IOException {
    if (bootImage.length != Sectors.SIZE) {
      throw new BuildException(
          "GRUB's boot.img has " + bootImage.length + " bytes, not " + Sectors.SIZE);
    }
    int sectors = (coreImage.length + Sectors.SIZE - 1) / Sectors.SIZE;
    if (sectors > room.count()) {
      throw new BuildException(
          "GRUB's core.img takes "
              + sectors
              + " sectors, and the volume has room for "
              + room.count()
              + " before its first filesystem");
    }
    byte[] core = Arrays.copyOf(coreImage, sectors * Sectors.SIZE);
    ByteBuffer list = ByteBuffer.wrap(core).order(ByteOrder.LITTLE_ENDIAN);
    if (sectors < 2
        || list.getShort(BLOCK_LIST + 8) != (short) (sectors - 1)
        || list.getShort(BLOCK_LIST + 10) != LOAD_SEGMENT) {
      throw new BuildException("GRUB's core.img is not one for a PC: it has no such block list");
    }
    list.putLong(BLOCK_LIST, at.count() + 1);
    byte[] boot = bootImage.clone();
    ByteBuffer fields = ByteBuffer.wrap(boot).order(ByteOrder.LITTLE_ENDIAN);
    fields.putLong(KERNEL_SECTOR, at.count());
    fields.put(BOOT_DRIVE, (byte) 0xff);
    fields.putShort(DRIVE_CHECK, (short) 0x9090);
    try (FileChannel file = FileChannel.open(image, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(boot, 0, DISK_SIGNATURE), 0);
      file.write(ByteBuffer.wrap(core), at.bytes().count());
    }
  }
}
