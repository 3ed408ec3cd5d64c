/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.volume;

import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.value.Bytes;

/**
 * The format of an image: {@code volume.backing}. Immutable.
 *
 * @param name the name in manifests @param description its description, in a few words
 * @param schema of the keys it adds to {@code volume}
 * @param platforms the platforms that can run it, by the names in the schemas of providers: {@code
 *     qemu}, {@code virtualbox}, {@code vmware}, {@code hyper-v}, and those of clouds: {@code ec2}
 * @param content the kind of result @param extension the extension of the file name, without the
 *     dot @param driver its name in {@code qemu-img}; empty if {@code qemu-img} does not write it
 * @param options for {@code qemu-img} to write it
 * @param compressible whether {@code qemu-img} can compress it
 * @param maximum the maximum size of a disk, if that is less than the maximum size of a file
 */
public record ImageFormat(
    String name,
    String description,
    Optional<URL> schema,
    List<String> platforms,
    Content content,
    String extension,
    String driver,
    List<String> options,
    boolean compressible,
    Optional<Bytes> maximum)
    implements VolumeType {
  /** The kinds of results. */
  public enum Content {
    /** The image as a file. */
    FILE,
    /** The root as a directory, without a disk. */
    DIRECTORY,
    /** The disk as a block device of the host. */
    DEVICE;

    /** Returns its name in rules. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The driver of plain content. */
  private static final String RAW = "raw";

  /** Copies the lists. */
  public ImageFormat {
    platforms = List.copyOf(platforms);
    options = List.copyOf(options);
  }

  /** Returns whether it is a disk and not a directory. */
  public boolean isDisk() {
    return content != Content.DIRECTORY;
  }

  /** Returns whether it is a file that is created from the plain content of the disk. */
  public boolean isConverted() {
    return content == Content.FILE && !driver.equals(RAW);
  }

  /** {@code platforms}, {@code content} ({@code file}, {@code directory}, {@code device}). */
  @Override
  public Map<String, List<String>> capabilities() {
    return Map.of("platforms", platforms, "content", List.of(content.toString()));
  }

  /** Returns its name in manifests. */
  @Override
  public String toString() {
    return name;
  }
}
