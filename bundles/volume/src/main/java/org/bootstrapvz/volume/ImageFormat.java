/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;

/** The formats of image files: {@code volume.backing}. */
public enum ImageFormat {
  /** The plain content of the disk. */
  RAW,
  /** QEMU's copy-on-write format, version 2. */
  QCOW2,
  /** VirtualBox's own. */
  VDI,
  /** VMware's, growing; VirtualBox reads and writes it, too. */
  VMDK;

  /**
   * The one a manifest asks for.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static ImageFormat of(Manifest manifest) {
    String backing = manifest.at("volume.backing").text();
    return named(backing).orElseThrow(() -> new IllegalArgumentException("No format: " + backing));
  }

  /** The one with that name in a manifest. */
  public static Optional<ImageFormat> named(String backing) {
    return Arrays.stream(values()).filter(it -> it.toString().equals(backing)).findFirst();
  }

  /** The ending of the file's name, without the dot. */
  public String extension() {
    return toString();
  }

  /** As the manifest and {@code qemu-img} write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
