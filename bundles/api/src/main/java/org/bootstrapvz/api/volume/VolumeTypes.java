/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.volume;

import java.util.List;
import java.util.Optional;

/**
 * The installed bootloaders, image formats and filesystems, each kind ordered by name. Immutable.
 *
 * @param bootloaders the bootloaders
 * @param imageFormats the image formats
 * @param filesystems the filesystems that a partition can have
 */
public record VolumeTypes(
    List<Bootloader> bootloaders, List<ImageFormat> imageFormats, List<Filesystem> filesystems) {
  /** No types. */
  public static final VolumeTypes NONE = new VolumeTypes(List.of(), List.of(), List.of());

  /** Copies the lists. */
  public VolumeTypes {
    bootloaders = List.copyOf(bootloaders);
    imageFormats = List.copyOf(imageFormats);
    filesystems = List.copyOf(filesystems);
  }

  /** Returns the bootloader with this name. */
  public Optional<Bootloader> bootloader(String name) {
    return named(bootloaders, name);
  }

  /** Returns the image format with this name. */
  public Optional<ImageFormat> imageFormat(String name) {
    return named(imageFormats, name);
  }

  /** Returns the filesystem with this name. */
  public Optional<Filesystem> filesystem(String name) {
    return named(filesystems, name);
  }

  private static <T extends VolumeType> Optional<T> named(List<T> types, String name) {
    return types.stream().filter(type -> type.name().equals(name)).findFirst();
  }
}
