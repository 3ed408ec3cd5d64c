/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.volume;

import java.util.Locale;

/** The firmware an image boots from: {@code system.firmware}. */
public enum Firmware {
  /** The PC's BIOS. */
  BIOS,
  /** UEFI, from the removable-media path of the EFI system partition. */
  UEFI,
  /** Either. */
  HYBRID;

  /** Returns whether machines of a Debian architecture have a BIOS: PCs have, others have UEFI. */
  public static boolean hasBios(String architecture) {
    return architecture.equals("amd64") || architecture.equals("i386");
  }

  /** Returns whether the image boots from a BIOS. */
  public boolean bios() {
    return this != UEFI;
  }

  /** Returns whether the image boots from UEFI. */
  public boolean uefi() {
    return this != BIOS;
  }

  /** Returns its name in manifests. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
