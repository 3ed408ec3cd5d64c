/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import org.bootstrapvz.api.manifest.Manifest;

/**
 * What GRUB and UEFI call an architecture.
 *
 * @param grub the platform of GRUB, a folder of {@code /usr/lib/grub}
 * @param debianPackage the Debian package of GRUB for it
 * @param bootFile the file that UEFI starts from a medium it knows nothing about
 */
public record EfiPlatform(String grub, String debianPackage, String bootFile) {
  /** The platform of a manifest's architecture. */
  public static EfiPlatform of(Manifest manifest) {
    return switch (manifest.architecture()) {
      case "amd64" -> new EfiPlatform("x86_64-efi", "grub-efi-amd64", "BOOTX64.EFI");
      case "i386" -> new EfiPlatform("i386-efi", "grub-efi-ia32", "BOOTIA32.EFI");
      case "arm64" -> new EfiPlatform("arm64-efi", "grub-efi-arm64", "BOOTAA64.EFI");
      default ->
          throw new IllegalArgumentException(
              "No UEFI platform is known for the architecture " + manifest.architecture());
    };
  }
}
