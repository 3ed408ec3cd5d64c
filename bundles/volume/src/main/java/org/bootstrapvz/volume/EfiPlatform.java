/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.util.Locale;
import org.bootstrapvz.api.manifest.Manifest;

/**
 * The names of an architecture in GRUB and UEFI.
 *
 * @param grub the platform of GRUB, a subdirectory of {@code /usr/lib/grub}
 * @param debianPackage the Debian package of GRUB for it
 * @param suffix the suffix of program names in UEFI and systemd
 */
public record EfiPlatform(String grub, String debianPackage, String suffix) {
  /** The platform of a manifest's architecture. */
  public static EfiPlatform of(Manifest manifest) {
    return switch (manifest.architecture()) {
      case "amd64" -> new EfiPlatform("x86_64-efi", "grub-efi-amd64", "x64");
      case "i386" -> new EfiPlatform("i386-efi", "grub-efi-ia32", "ia32");
      case "arm64" -> new EfiPlatform("arm64-efi", "grub-efi-arm64", "aa64");
      case "riscv64" -> new EfiPlatform("riscv64-efi", "grub-efi-riscv64", "riscv64");
      default ->
          throw new IllegalArgumentException(
              "No UEFI platform is known for the architecture " + manifest.architecture());
    };
  }

  /** The program that UEFI starts from a medium without a boot entry. */
  public String bootFile() {
    return "BOOT" + suffix.toUpperCase(Locale.ROOT) + ".EFI";
  }
}
