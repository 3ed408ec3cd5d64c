/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.util.Locale;
import org.bootstrapvz.api.manifest.Manifest;

/** The firmware an image boots from: {@code system.firmware}. */
public enum Firmware {
  /** The PC's BIOS. */
  BIOS,
  /** UEFI, from the removable-media path of the EFI system partition. */
  UEFI,
  /** Either. */
  HYBRID;

  /**
   * The one a manifest asks for; if it does not, UEFI for arm64, which has no BIOS, and for
   * bootloaders that need it, else BIOS.
   */
  public static Firmware of(Manifest manifest) {
    boolean uefi = manifest.architecture().equals("arm64") || Bootloader.of(manifest).needsUefi();
    String absent = uefi ? "uefi" : "bios";
    return valueOf(manifest.at("system.firmware").text(absent).toUpperCase(Locale.ROOT));
  }

  /** Whether the image boots from a BIOS. */
  public boolean bios() {
    return this != UEFI;
  }

  /** Whether the image boots from UEFI. */
  public boolean uefi() {
    return this != BIOS;
  }
}
