/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.volume;

import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bootloader: {@code system.bootloader}. Immutable.
 *
 * @param name the name in manifests @param description its description, in a few words
 * @param schema of the keys it adds to {@code system}
 * @param firmware the firmware that can start it: {@link Firmware#BIOS}, {@link Firmware#UEFI} or
 *     both; empty if nothing on the volume is started
 * @param architectures those of the kernels it can start; empty for all
 * @param partitionTable whether the volume needs a partition table
 * @param embedded whether the part that a BIOS starts is outside of the filesystems: in a BIOS boot
 *     partition of a GPT, before the first partition of an msdos table
 * @param kernelOnEsp whether the EFI system partition contains the kernel and its initramfs
 * @param mounted whether its installation mounts the image, which requires root
 * @param unreadableFeatures features of ext4 that it cannot read
 */
public record Bootloader(
    String name,
    String description,
    Optional<URL> schema,
    List<Firmware> firmware,
    List<String> architectures,
    boolean partitionTable,
    boolean embedded,
    boolean kernelOnEsp,
    boolean mounted,
    List<String> unreadableFeatures)
    implements VolumeType {
  /** Copies the lists. */
  public Bootloader {
    firmware = List.copyOf(firmware);
    architectures = List.copyOf(architectures);
    unreadableFeatures = List.copyOf(unreadableFeatures);
  }

  /** Returns whether this firmware, BIOS or UEFI, can start it; for hybrid, whether both can. */
  public boolean supports(Firmware other) {
    return (!other.bios() || firmware.contains(Firmware.BIOS))
        && (!other.uefi() || firmware.contains(Firmware.UEFI));
  }

  /** Returns whether UEFI can start it and a BIOS cannot. */
  public boolean needsUefi() {
    return supports(Firmware.UEFI) && !supports(Firmware.BIOS);
  }

  /** Returns whether it starts kernels of this architecture. */
  public boolean starts(String architecture) {
    return architectures.isEmpty() || architectures.contains(architecture);
  }

  /**
   * {@code firmware} ({@code bios}, {@code uefi}), and {@code bootable}, which is {@code true} if
   * the image boots by itself.
   */
  @Override
  public Map<String, List<String>> capabilities() {
    return Map.of(
        "firmware",
        firmware.stream().map(Firmware::toString).toList(),
        "bootable",
        List.of(String.valueOf(!firmware.isEmpty())));
  }

  /** Returns its name in manifests. */
  @Override
  public String toString() {
    return name;
  }
}
