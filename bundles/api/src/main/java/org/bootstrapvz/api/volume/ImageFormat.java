/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.volume;

import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.value.Bytes;

/**
 * What a volume becomes: {@code volume.backing}. Immutable.
 *
 * @param name the name manifests use
 * @param description what it is, in a few words
 * @param schema of the keys it adds to {@code volume}
 * @param platforms what can run it, by the names that providers ask for: {@code qemu}, {@code
 *     virtualbox}, {@code vmware}, {@code hyper-v}
 * @param content what is delivered
 * @param extension the end of the file's name, without the dot
 * @param driver what {@code qemu-img} calls it; empty if {@code qemu-img} does not write it
 * @param options for {@code qemu-img} to write it
 * @param compressible whether {@code qemu-img} can compress it
 * @param maximum the largest disk it can hold, if that is less than a file can have
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
  /** What is delivered. */
  public enum Content {
    /** The image as a file. */
    FILE,
    /** The root as a directory, without a disk. */
    DIRECTORY,
    /** The disk as a block device of the host. */
    DEVICE;

    /** As rules write it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The driver of plain content. */
  private static final String RAW = "raw";

  /** With immutable copies of the lists. */
  public ImageFormat {
    platforms = List.copyOf(platforms);
    options = List.copyOf(options);
  }

  /** Whether it is a disk and not a directory. */
  public boolean isDisk() {
    return content != Content.DIRECTORY;
  }

  /** Whether it is a file that is made from the plain content of the disk. */
  public boolean isConverted() {
    return content == Content.FILE && !driver.equals(RAW);
  }

  /** {@code platforms}, {@code content} ({@code file}, {@code directory}, {@code device}). */
  @Override
  public Map<String, List<String>> capabilities() {
    return Map.of("platforms", platforms, "content", List.of(content.toString()));
  }

  /** As the manifest writes it. */
  @Override
  public String toString() {
    return name;
  }
}
