/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.value.Bytes;

/** What a volume becomes: {@code volume.backing}. */
public enum ImageFormat {
  /** The plain content of the disk. */
  RAW("raw", "raw"),
  /** QEMU's copy-on-write format, version 2. */
  QCOW2("qcow2", "qcow2"),
  /** VirtualBox's format. */
  VDI("vdi", "vdi"),
  /** VMware's format, one sparse file. */
  VMDK("vmdk", "vmdk"),
  /** Microsoft's format with a fixed size: the plain content and a footer. */
  VHD("vpc", "vhd"),
  /** A logical volume of the machine that builds. */
  LVM("raw", "raw"),
  /** No disk at all: the folder with the root. */
  FOLDER("", "folder");

  private static final Bytes TERABYTE = Bytes.mebibytes(1 << 20);

  private final String driver;
  private final String extension;

  ImageFormat(String driver, String extension) {
    this.driver = driver;
    this.extension = extension;
  }

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
    return extension;
  }

  /** What {@code qemu-img} calls it. */
  public String driver() {
    return driver;
  }

  /** Whether it is a file that is written from the plain content of the disk. */
  public boolean isConverted() {
    return this != RAW && this != LVM && this != FOLDER;
  }

  /** The options for {@code qemu-img} to write it as a manifest wants it. */
  public List<String> options(Manifest manifest) {
    return switch (this) {
      // Without force_size the size is rounded to what an old disk's geometry can express.
      case VHD -> List.of("subformat=fixed", "force_size=on");
      case VMDK -> List.of("subformat=" + manifest.at("volume.subformat").text("monolithicSparse"));
      default -> List.of();
    };
  }

  /** The largest disk it can hold, if it is bounded below what a file can have. */
  public Optional<Bytes> maximum() {
    return switch (this) {
      case VHD -> Optional.of(Bytes.mebibytes(2040 << 10));
      case VMDK -> Optional.of(TERABYTE.times(62));
      default -> Optional.empty();
    };
  }

  /** As the manifest writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
