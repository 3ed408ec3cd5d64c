/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.manifest;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.api.volume.Bootloader;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.api.volume.Firmware;
import org.bootstrapvz.api.volume.ImageFormat;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.osgi.annotation.versioning.ProviderType;

/** A manifest: what the image shall be. Immutable. */
@ProviderType
public interface Manifest {

  /** The file it was read from, as the person named it. */
  Path file();

  /** A path of the manifest made absolute: relative ones start at the manifest's folder. */
  Path resolve(String path);

  /** The whole document. */
  ManifestValue root();

  /**
   * The value at a dotted path such as {@code system.release}; absent if there is none. A key that
   * holds a dot or a slash cannot be reached this way; use {@link ManifestValue#get}.
   */
  ManifestValue at(String path);

  /** The name of the image, manifest variables expanded. */
  String name();

  /** The Debian release of the image. */
  Release release();

  /** The Debian architecture of the image's kernel: {@code amd64}. */
  String architecture();

  /**
   * A text with its manifest variables expanded: {@code {system.release}}, {@code {%Y}}; {@code {{}
   * and {@code }}} stand for braces. The time is that at which the manifest was read.
   *
   * @throws IllegalArgumentException if a variable is unknown or the text is malformed; its message
   *     says which and what would be right
   */
  default String expand(String text) {
    return expand(text, Map.of());
  }

  /**
   * The same with more variables than the manifest has.
   *
   * @param more their values by name, put in as they are
   * @throws IllegalArgumentException as {@link #expand(String)}
   */
  String expand(String text, Map<String, String> more);

  /** The values that its schemas mark as secret, so that they can be kept out of logs. */
  List<Secret> secrets();

  /** The bootloaders, image formats and filesystems that were installed when this was read. */
  VolumeTypes volumeTypes();

  /**
   * The bootloader that {@code system.bootloader} names.
   *
   * @throws IllegalStateException if it is not installed, which is an error of the manifest
   */
  default Bootloader bootloader() {
    String name = at("system.bootloader").text("none");
    return volumeTypes()
        .bootloader(name)
        .orElseThrow(() -> new IllegalStateException("No bootloader: " + name));
  }

  /**
   * The firmware that the image boots from. If {@code system.firmware} is absent, it is UEFI for
   * arm64, which has no BIOS, and for bootloaders that need it, otherwise BIOS.
   *
   * @throws IllegalStateException as {@link #bootloader}
   */
  default Firmware firmware() {
    boolean uefi = architecture().equals("arm64") || bootloader().needsUefi();
    String name = at("system.firmware").text(uefi ? "uefi" : "bios");
    return Firmware.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /**
   * The image format that {@code volume.backing} names.
   *
   * @throws IllegalStateException if it is not installed, which is an error of the manifest
   */
  default ImageFormat imageFormat() {
    String name = at("volume.backing").text();
    return volumeTypes()
        .imageFormat(name)
        .orElseThrow(() -> new IllegalStateException("No image format: " + name));
  }

  /**
   * The filesystem that a partition of the manifest names.
   *
   * @param partition the partition, such as {@code at("volume.partitions.root")}
   * @throws IllegalStateException if it is not installed, which is an error of the manifest
   */
  default Filesystem filesystem(ManifestValue partition) {
    String name = partition.get("filesystem").text();
    return volumeTypes()
        .filesystem(name)
        .orElseThrow(() -> new IllegalStateException("No filesystem: " + name));
  }
}
