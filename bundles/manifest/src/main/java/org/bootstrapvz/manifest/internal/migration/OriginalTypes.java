/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.volume.Bootloader;
import org.bootstrapvz.api.volume.ImageFormat;
import org.bootstrapvz.api.volume.VolumeTypes;

/** Names in manifests of the original that can be migrated even if they are not installed. */
final class OriginalTypes {
  private OriginalTypes() {}

  /** The installed types and those that only existed in the original. */
  static VolumeTypes with(VolumeTypes installed) {
    List<Bootloader> bootloaders = new ArrayList<>(installed.bootloaders());
    if (installed.bootloader("pvgrub").isEmpty()) {
      bootloaders.add(
          new Bootloader(
              "pvgrub",
              "GRUB of a paravirtual machine",
              Optional.empty(),
              List.of(),
              List.of(),
              false,
              false,
              false,
              false,
              List.of()));
    }
    List<ImageFormat> formats = new ArrayList<>(installed.imageFormats());
    for (String name : List.of("ebs", "s3")) {
      if (installed.imageFormat(name).isEmpty()) {
        formats.add(
            new ImageFormat(
                name,
                "Volume of EC2",
                Optional.empty(),
                List.of(),
                ImageFormat.Content.FILE,
                name,
                "",
                List.of(),
                false,
                Optional.empty()));
      }
    }
    return new VolumeTypes(bootloaders, formats, installed.filesystems());
  }
}
