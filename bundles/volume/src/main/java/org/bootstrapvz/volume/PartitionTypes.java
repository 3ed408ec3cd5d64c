/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.util.Map;
import org.bootstrapvz.volume.Partition.Role;

/**
 * The types that partition tables record for partitions.
 *
 * <p><b>GPT.</b> A GUID partition table gives each partition the GUID of a type. There is no
 * central registry: the author of a type publishes its GUID, and software that looks for it
 * compares all 16 bytes. By their types, firmware finds the EFI system partition, GRUB the space
 * for its core image, and systemd-gpt-auto-generator, on a disk without {@code /etc/fstab}, {@code
 * /}, {@code /usr}, {@code /home} and swap. For this reason root and {@code /usr} have a type for
 * each architecture: on a disk for several architectures, each machine finds its own. Three
 * documents define the GUIDs used here:
 *
 * <ul>
 *   <li>UEFI: the UEFI Specification, section "GPT Partition Entry Array", table "Defined GPT
 *       Partition Entry - Partition Type GUIDs".
 *   <li>DPS: the Discoverable Partitions Specification of the UAPI Group, section "Defined
 *       Partition Type UUIDs". It calls {@code /boot} the extended boot loader partition and
 *       everything without a type of its own generic Linux data.
 *   <li>GRUB: the GNU GRUB manual, section "BIOS installation". The bytes of its GUID spell
 *       "Hah!IdontNeedEFI".
 * </ul>
 *
 * <p>GUIDs are written in lower case, as {@code sfdisk} accepts and {@code blkid} prints them. On
 * disk the first three groups are little-endian, which {@code sfdisk} takes care of.
 *
 * <p><b>msdos.</b> The table of the master boot record has one byte for the type. It only has the
 * information that other systems need to leave a partition alone: 83 for any Linux filesystem, 82
 * for swap, 05 for the extended partition that holds the logical ones, and EF for the EFI system
 * partition (UEFI, section "Legacy Master Boot Record").
 */
final class PartitionTypes {
  /** UEFI: EFI System Partition. */
  private static final String ESP = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";

  /** GRUB: BIOS boot partition. */
  private static final String BIOS_BOOT = "21686148-6449-6e6f-744e-656564454649";

  /** DPS: Extended Boot Loader Partition. */
  private static final String EXTENDED_BOOT = "bc13c2ff-59e6-4262-a352-b275fd6f7172";

  /** DPS: Swap. */
  private static final String SWAP = "0657fd6d-a4ab-43c4-84e5-0933c84b4f4f";

  /** DPS: Generic Linux Data Partition. */
  private static final String LINUX_DATA = "0fc63daf-8483-4772-8e79-3d69d8477de4";

  /** DPS: Root Partition, by the Debian name of its architecture. */
  private static final Map<String, String> ROOT =
      Map.of(
          "amd64", "4f68bce3-e8cd-4db1-96e7-fbcaf984b709",
          "i386", "44479540-f297-41b2-9af7-d131d5f0458a",
          "arm64", "b921b045-1df0-41c3-af44-4c6f280d3fae",
          "riscv64", "72ec70a6-cf74-40e6-bd49-4bda08e8f224");

  /** DPS: /usr/ Partition, by the Debian name of its architecture. */
  private static final Map<String, String> USR =
      Map.of(
          "amd64", "8484680c-9521-48c6-9c11-b0720656f69e",
          "i386", "75250d76-8cc6-458e-bd66-bd47cc81a812",
          "arm64", "b0e01050-ee5f-4390-949a-9101b17104e9",
          "riscv64", "beaec34b-8442-439b-a40b-984381ed097d");

  /** DPS: Home, Server Data, Variable Data and Temporary Data Partition, by their mount point. */
  private static final Map<String, String> DATA =
      Map.of(
          "/home", "933ac7e1-2eb4-4f13-b844-0e14e2aef915",
          "/srv", "3b8f8425-20e0-4f3b-907f-1a25a76f98e8",
          "/var", "4d21b016-b534-45c2-a9fb-5c16e091fd2d",
          "/var/tmp", "7ec6f557-3bc5-4aca-b293-16ef5df639d1");

  private PartitionTypes() {}

  /**
   * The type of a partition in the notation of {@code sfdisk}; empty without a table.
   *
   * @param mountPoint of a partition with the role {@code EXTRA}
   */
  static String of(TableType table, Role role, String mountPoint, String architecture) {
    return switch (table) {
      case NONE -> "";
      case GPT -> gpt(role, mountPoint, architecture);
      case MSDOS -> msdos(role);
    };
  }

  private static String gpt(Role role, String mountPoint, String architecture) {
    return switch (role) {
      case BIOS_BOOT -> BIOS_BOOT;
      case ESP -> ESP;
      case SWAP -> SWAP;
      case BOOT -> EXTENDED_BOOT;
      case ROOT -> ROOT.getOrDefault(architecture, LINUX_DATA);
      case EXTRA ->
          mountPoint.equals("/usr")
              ? USR.getOrDefault(architecture, LINUX_DATA)
              : DATA.getOrDefault(mountPoint, LINUX_DATA);
      case EXTENDED -> throw new IllegalArgumentException("A GPT has no extended partition");
    };
  }

  private static String msdos(Role role) {
    return switch (role) {
      case BIOS_BOOT -> throw new IllegalArgumentException("An msdos table has no such partition");
      case ESP -> "ef";
      case SWAP -> "82";
      case EXTENDED -> "5";
      case BOOT, ROOT, EXTRA -> "83";
    };
  }
}
