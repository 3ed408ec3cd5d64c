/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** An architecture, and what QEMU needs to emulate it. */
enum Architecture {
  /** PCs. */
  AMD64("4f68bce3-e8cd-4db1-96e7-fbcaf984b709"),
  /** 32-bit PCs; 64-bit ones run their programs. */
  I386("44479540-f297-41b2-9af7-d131d5f0458a"),
  /** 64-bit ARM, which has no BIOS. */
  ARM64("b921b045-1df0-41c3-af44-4c6f280d3fae");

  private static final int SECTOR = 512;

  /** Sectors of a GPT with the usual number of entries. */
  static final int GPT = 34;

  private final UUID rootType;

  Architecture(String rootType) {
    this.rootType = UUID.fromString(rootType);
  }

  /** A program and the Debian package that contains it. */
  record Program(String name, String debianPackage) {}

  /**
   * A UEFI firmware.
   *
   * @param code name of the file with its program
   * @param variables name of the file with the template of its variables
   * @param debianPackage the Debian package that contains them
   * @param options of QEMU that it needs
   */
  record UefiFiles(String code, String variables, String debianPackage, List<String> options) {}

  /**
   * The architecture that the type of the root partition in a GPT names. Nothing else on a disk is
   * reliable.
   *
   * @param start the first sectors of the disk
   */
  static Optional<Architecture> of(byte[] start) {
    ByteBuffer disk = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    if (disk.capacity() < 2 * SECTOR
        || !new String(start, SECTOR, 8, StandardCharsets.US_ASCII).equals("EFI PART")) {
      return Optional.empty();
    }
    long first = disk.getLong(SECTOR + 72) * SECTOR;
    int number = disk.getInt(SECTOR + 80);
    int size = disk.getInt(SECTOR + 84);
    for (int i = 0; i < number && size > 0; i++) {
      long at = first + (long) i * size;
      if (at < 0 || at > disk.capacity() - 16) {
        break;
      }
      UUID type = type(disk, (int) at);
      Optional<Architecture> found =
          Stream.of(values()).filter(each -> each.rootType.equals(type)).findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** A GPT writes the first three parts of a UUID with their last byte first. */
  private static UUID type(ByteBuffer disk, int at) {
    long high =
        (disk.getInt(at) & 0xffffffffL) << 32
            | (disk.getShort(at + 4) & 0xffffL) << 16
            | disk.getShort(at + 6) & 0xffffL;
    return new UUID(high, Long.reverseBytes(disk.getLong(at + 8)));
  }

  Program qemu() {
    return this == ARM64
        ? new Program("qemu-system-aarch64", "qemu-system-arm")
        : new Program("qemu-system-x86_64", "qemu-system-x86");
  }

  /** The kind of machine, if QEMU's default does not fit, and an emulated processor. */
  List<String> machine() {
    // Of "max" QEMU emulates the authentication of pointers, too, which makes every call slow.
    return this == ARM64
        ? List.of("-machine", "virt", "-accel", "tcg", "-cpu", "cortex-a72")
        : List.of("-accel", "tcg", "-cpu", "max");
  }

  UefiFiles uefi() {
    return switch (this) {
      case AMD64 -> new UefiFiles("OVMF_CODE_4M.fd", "OVMF_VARS_4M.fd", "ovmf", List.of());
      // Debian has this one with Secure Boot only, which is off as long as there are no keys.
      case I386 ->
          new UefiFiles(
              "OVMF32_CODE_4M.secboot.fd",
              "OVMF32_VARS_4M.fd",
              "ovmf-ia32",
              List.of(
                  "-machine",
                  "q35,smm=on",
                  "-global",
                  "driver=cfi.pflash01,property=secure,value=on"));
      case ARM64 -> new UefiFiles("AAVMF_CODE.fd", "AAVMF_VARS.fd", "qemu-efi-aarch64", List.of());
    };
  }

  boolean hasBios() {
    return this != ARM64;
  }
}
