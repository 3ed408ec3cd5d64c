/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.value.Sectors;
import org.bootstrapvz.api.volume.Filesystem;

/**
 * A partition of a volume; of a volume without a table the volume as a whole. Immutable.
 *
 * @param index its number in the table, from 1; 0 without a table
 * @param role its purpose
 * @param name its key in the manifest: {@code root}, {@code var/tmp}; {@code esp} and {@code bios}
 *     for partitions that the manifest need not name
 * @param mountPoint where it is mounted: {@code /}, {@code /var/tmp}; empty if it holds no files
 * @param filesystem what it is formatted with; empty for BIOS boot and extended
 * @param start its first sector
 * @param length its number of sectors
 * @param requested the size in the manifest, including what table and alignment take of it; its
 *     length if the manifest does not name it
 * @param type GUID of its type in a GPT, two hexadecimal digits in an msdos table; empty without a
 *     table
 * @param uuid UUID of the filesystem as {@code fstab} names it; empty without one
 * @param partUuid UUID of the partition as {@code PARTUUID=} names it; empty without a table
 * @param label of partition and filesystem
 * @param mountOptions for {@code fstab}; empty for the defaults
 * @param mode of the mount point, if the manifest sets it
 * @param formatCommand the manifest's own command to format it; empty for the default
 * @param subvolumes directories that are subvolumes, relative to the top of the filesystem, parents
 *     first
 * @param active whether a BIOS boots from it: the active flag of an msdos table, the legacy boot
 *     attribute of a GPT
 */
public record Partition(
    int index,
    Role role,
    String name,
    Optional<String> mountPoint,
    Optional<Filesystem> filesystem,
    Sectors start,
    Sectors length,
    Bytes requested,
    String type,
    String uuid,
    String partUuid,
    String label,
    List<String> mountOptions,
    OptionalInt mode,
    List<String> formatCommand,
    List<String> subvolumes,
    boolean active) {
  /** The purpose of a partition. */
  public enum Role {
    /** Holds GRUB's core image on a GPT. */
    BIOS_BOOT,
    /** EFI system partition. */
    ESP,
    /** {@code /boot}. */
    BOOT,
    /** Swap space. */
    SWAP,
    /** {@code /}. */
    ROOT,
    /** Any other mount point. */
    EXTRA,
    /** Holds the logical partitions of an msdos table. */
    EXTENDED
  }

  /** A partition with immutable copies of the lists. */
  public Partition {
    mountOptions = List.copyOf(mountOptions);
    formatCommand = List.copyOf(formatCommand);
    subvolumes = List.copyOf(subvolumes);
  }

  /** The first sector after it. */
  public Sectors end() {
    return start.plus(length);
  }

  /** Whether a path of the image, absolute, is its mount point or below it. */
  public boolean covers(String path) {
    return mountPoint
        .filter(at -> at.equals("/") || path.equals(at) || path.startsWith(at + "/"))
        .isPresent();
  }

  /**
   * A path that it {@link #covers}, as seen from its own top: {@code /grub} for {@code /boot/grub}
   * on a partition mounted at {@code /boot}.
   */
  public String inside(String path) {
    String at = mountPoint.orElseThrow();
    String rest = at.equals("/") ? path : path.substring(at.length());
    return rest.isEmpty() ? "/" : rest;
  }
}
