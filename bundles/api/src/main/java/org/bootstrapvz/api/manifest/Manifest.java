/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.manifest;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collection;
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

/** A manifest: the description of an image. Immutable. */
@ProviderType
public interface Manifest {

  /** Returns the file that the manifest was read from, as the user named it. */
  Path file();

  /** Returns the absolute path of a path in the manifest: relative ones start at its directory. */
  Path resolve(String path);

  /**
   * Returns whether the manifest has more than the text of its file: it includes others, or has
   * variables or settings from outside.
   */
  default boolean isComposed() {
    return false;
  }

  /**
   * Returns the absolute path that a value of the manifest names: a relative one starts at the
   * directory of the file that has the value, which may be an included one.
   */
  default Path resolve(ManifestValue value) {
    return resolve(value.text());
  }

  /** Returns the whole document. */
  ManifestValue root();

  /**
   * Returns the value at a dotted path such as {@code system.release}; an absent value if there is
   * none. A key that contains a dot or a slash cannot be reached this way; use {@link
   * ManifestValue#get}.
   */
  ManifestValue at(String path);

  /** Returns the name of the image, manifest variables expanded. */
  String name();

  /**
   * Returns the Debian release of the image. A name that is not known gives {@link
   * Release#unknown}; during a build, it is replaced by what the mirror says of it.
   */
  Release release();

  /** Returns a copy of the manifest with this release, which its mirror has for the name. */
  Manifest withRelease(Release release);

  /** Returns the Debian architecture of the image's kernel: {@code amd64}. */
  String architecture();

  /**
   * Returns the value that names the Debian architecture of the image's programs: {@code
   * system.userspace_architecture}, or {@code system.architecture} if it is absent.
   */
  default ManifestValue programArchitecture() {
    ManifestValue userspace = at("system.userspace_architecture");
    return userspace.exists() ? userspace : at("system.architecture");
  }

  /**
   * Returns a text with its manifest variables expanded: {@code {system.release}}, {@code {%Y}};
   * {@code {{} and {@code }}} are braces.
   *
   * @throws IllegalArgumentException if a variable is unknown or the text is malformed; the message
   *     names the variable and the remedy
   */
  default String expand(String text) {
    return expand(text, Map.of());
  }

  /**
   * Returns a text with its variables expanded, with more variables than the manifest has.
   *
   * @param more their values by name, inserted as they are
   * @throws IllegalArgumentException as {@link #expand(String)}
   */
  String expand(String text, Map<String, String> more);

  /** Returns the time to which time codes such as {@code {%Y}} expand: when it was read. */
  LocalDateTime time();

  /** Returns the values that schemas mark as secret, to keep them out of logs. */
  List<Secret> secrets();

  /**
   * Returns the bootloaders, image formats and filesystems that were installed when it was read.
   */
  VolumeTypes volumeTypes();

  /**
   * Returns the bootloader that {@code system.bootloader} names.
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
   * Returns the firmware that the image boots from. If {@code system.firmware} is absent, it is
   * UEFI for architectures without a BIOS and for bootloaders that need it, otherwise BIOS.
   *
   * @throws IllegalStateException as {@link #bootloader}
   */
  default Firmware firmware() {
    boolean uefi = !Firmware.hasBios(architecture()) || bootloader().needsUefi();
    String name = at("system.firmware").text(uefi ? "uefi" : "bios");
    return Firmware.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /**
   * Returns the image format that {@code volume.backing} names.
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
   * Returns the filesystem that a partition of the manifest names.
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

  /**
   * Returns the files and directories of the host that the manifest names, without duplicates, in
   * the order of their paths. In a plan the list is complete: it contains the values that schemas
   * mark with the keyword {@code hostFile}, and those that {@link
   * org.bootstrapvz.api.extension.Extension#hostFiles} adds.
   */
  List<HostFile> hostFiles();

  /** Returns a copy of the manifest that names these files as well. */
  Manifest withHostFiles(Collection<HostFile> more);
}
