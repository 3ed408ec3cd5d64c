/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.util.Arrays;
import java.util.Locale;
import org.bootstrapvz.api.manifest.Manifest;

/** What starts the kernel: {@code system.bootloader}. */
public enum Bootloader {
  /** Nothing on the volume: who starts the machine has the kernel beside it. */
  NONE,
  /** GRUB, from a BIOS, from UEFI or from both. */
  GRUB,
  /** systemd-boot, from UEFI. */
  SYSTEMD_BOOT,
  /** Nothing but the kernel: it is one UEFI program with its initramfs and its command line. */
  UKI,
  /** EXTLINUX, from a BIOS. */
  EXTLINUX,
  /** GRUB for paravirtual machines, which lies on their host and reads a menu of the image. */
  PVGRUB;

  /** The one a manifest asks for. */
  public static Bootloader of(Manifest manifest) {
    String name = manifest.at("system.bootloader").text("none");
    return Arrays.stream(values())
        .filter(it -> it.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No bootloader: " + name));
  }

  /** Whether it starts from UEFI and from nothing else. */
  public boolean needsUefi() {
    return this == SYSTEMD_BOOT || this == UKI;
  }

  /** Whether UEFI can start it. */
  public boolean knowsUefi() {
    return this == GRUB || needsUefi();
  }

  /** As the manifest writes it. */
  @Override
  public String toString() {
    return this == SYSTEMD_BOOT ? "systemd-boot" : name().toLowerCase(Locale.ROOT);
  }
}
