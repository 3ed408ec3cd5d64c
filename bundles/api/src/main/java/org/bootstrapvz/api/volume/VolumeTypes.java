/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.volume;

import java.util.List;
import java.util.Optional;

/**
 * The bootloaders, image formats and filesystems that are installed, each kind ordered by name.
 * Immutable.
 *
 * @param bootloaders the bootloaders
 * @param imageFormats the image formats
 * @param filesystems the filesystems that a partition can have
 */
public record VolumeTypes(
    List<Bootloader> bootloaders, List<ImageFormat> imageFormats, List<Filesystem> filesystems) {
  /** None at all. */
  public static final VolumeTypes NONE = new VolumeTypes(List.of(), List.of(), List.of());

  /** With immutable copies of the lists. */
  public VolumeTypes {
    bootloaders = List.copyOf(bootloaders);
    imageFormats = List.copyOf(imageFormats);
    filesystems = List.copyOf(filesystems);
  }

  /** The bootloader with this name. */
  public Optional<Bootloader> bootloader(String name) {
    return named(bootloaders, name);
  }

  /** The image format with this name. */
  public Optional<ImageFormat> imageFormat(String name) {
    return named(imageFormats, name);
  }

  /** The filesystem with this name. */
  public Optional<Filesystem> filesystem(String name) {
    return named(filesystems, name);
  }

  private static <T extends VolumeType> Optional<T> named(List<T> types, String name) {
    return types.stream().filter(type -> type.name().equals(name)).findFirst();
  }
}
