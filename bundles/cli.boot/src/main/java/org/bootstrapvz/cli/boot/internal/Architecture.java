/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.HostCommand;

/** An architecture, and what QEMU needs to emulate it. */
enum Architecture {
  /** PCs. */
  AMD64("4f68bce3-e8cd-4db1-96e7-fbcaf984b709", "qemu-system-x86_64", "qemu-system-x86"),
  /** 32-bit PCs; 64-bit ones run their programs. */
  I386("44479540-f297-41b2-9af7-d131d5f0458a", "qemu-system-x86_64", "qemu-system-x86"),
  /** 64-bit ARM, which has no BIOS. */
  ARM64("b921b045-1df0-41c3-af44-4c6f280d3fae", "qemu-system-aarch64", "qemu-system-arm"),
  /** 64-bit RISC-V, which has no BIOS. */
  RISCV64("72ec70a6-cf74-40e6-bd49-4bda08e8f224", "qemu-system-riscv64", "qemu-system-riscv");

  private final UUID rootType;
  private final HostCommand qemu;

  /**
   * @param rootType the type of a root partition (Discoverable Partitions Specification)
   */
  Architecture(String rootType, String qemu, String debianPackage) {
    this.rootType = UUID.fromString(rootType);
    this.qemu = new HostCommand(qemu, debianPackage);
  }

  /**
   * The architecture that the type of a root partition names. Nothing else on a disk is reliable.
   */
  static Optional<Architecture> of(List<UUID> partitionTypes) {
    return partitionTypes.stream()
        .flatMap(type -> Stream.of(values()).filter(each -> each.rootType.equals(type)))
        .findFirst();
  }

  /** The names of all. */
  static String list() {
    return Stream.of(values()).map(Architecture::debianName).collect(Collectors.joining(", "));
  }

  /** Its name in Debian. */
  String debianName() {
    return name().toLowerCase(Locale.ROOT);
  }

  HostCommand qemu() {
    return qemu;
  }

  /** Whether it is that of PCs, which have a BIOS. */
  boolean isPc() {
    return this == AMD64 || this == I386;
  }

  /** The kind of machine, if QEMU's default does not fit, and an emulated processor. */
  List<String> machine() {
    return switch (this) {
      case AMD64, I386 -> List.of("-accel", "tcg", "-cpu", "max");
      // Of "max" QEMU emulates the authentication of pointers, too, which makes every call slow.
      case ARM64 -> List.of("-machine", "virt", "-accel", "tcg", "-cpu", "cortex-a72");
      case RISCV64 -> List.of("-machine", "virt", "-accel", "tcg");
    };
  }

  /** The firmware that starts a bootloader for UEFI. */
  MachineFirmware uefi() {
    return switch (this) {
      case AMD64 ->
          MachineFirmware.uefi(
              "/usr/share/OVMF/OVMF_CODE_4M.fd",
              "/usr/share/OVMF/OVMF_VARS_4M.fd",
              "ovmf",
              List.of());
      // Debian has this one with Secure Boot only, which is off as long as there are no keys.
      case I386 ->
          MachineFirmware.uefi(
              "/usr/share/OVMF/OVMF32_CODE_4M.secboot.fd",
              "/usr/share/OVMF/OVMF32_VARS_4M.fd",
              "ovmf-ia32",
              List.of(
                  "-machine",
                  "q35,smm=on",
                  "-global",
                  "driver=cfi.pflash01,property=secure,value=on"));
      case ARM64 ->
          MachineFirmware.uefi(
              "/usr/share/AAVMF/AAVMF_CODE.fd",
              "/usr/share/AAVMF/AAVMF_VARS.fd",
              "qemu-efi-aarch64",
              List.of());
      case RISCV64 ->
          MachineFirmware.uBoot("/usr/lib/u-boot/qemu-riscv64_smode/uboot.elf", "u-boot-qemu");
    };
  }
}
