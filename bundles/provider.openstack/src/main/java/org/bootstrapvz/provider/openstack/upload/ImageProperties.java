/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.cloud.ledger.Mark;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The properties of an image in Glance, which Nova reads. */
final class ImageProperties {
  private static final long GIB = 1L << 30;

  /** Where the header of qcow2 has the size of the disk. */
  private static final int QCOW2_SIZE = 24;

  private static final int QCOW2_MAGIC = 0x514649fb;

  private static final Map<String, String> ARCHITECTURES =
      Map.of("amd64", "x86_64", "arm64", "aarch64", "i386", "i686");

  private final Manifest manifest;
  private final Path file;

  ImageProperties(Manifest manifest, Path file) {
    this.manifest = manifest;
    this.file = file;
  }

  /** Returns the visibility that the image has in the end. */
  static String visibility(Manifest manifest) {
    return manifest.at("provider.upload.visibility").text("private");
  }

  /** Returns the body of the request that creates the image, which is private at first. */
  ObjectNode create(Mark mark) throws IOException {
    ObjectNode image = JsonMapper.shared().createObjectNode();
    properties().forEach(image::put);
    mark.tags().forEach(image::put);
    image.put("id", Glance.id(mark.nonce()));
    image.put("name", manifest.name());
    image.put("disk_format", manifest.imageFormat().name());
    image.put("container_format", "bare");
    image.put("visibility", "private");
    OptionalLong size = diskSize();
    if (size.isPresent()) {
      image.put("min_disk", (size.getAsLong() + GIB - 1) / GIB);
    }
    image.putArray("tags").add(Glance.TAG);
    return image;
  }

  private Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    Optional.ofNullable(ARCHITECTURES.get(manifest.architecture()))
        .ifPresent(architecture -> properties.put("architecture", architecture));
    properties.put("os_type", "linux");
    properties.put("os_distro", "debian");
    int version = manifest.release().version();
    properties.put(
        "os_version",
        version > 0 && version < Release.SID
            ? String.valueOf(version)
            : manifest.release().codename());
    properties.put("hw_firmware_type", firmware());
    if (firmware().equals("uefi") && manifest.architecture().equals("amd64")) {
      properties.put("hw_machine_type", "q35");
    }
    manifest
        .at("provider.upload.properties")
        .entries()
        .forEach((name, value) -> properties.put(name, manifest.expand(value.text())));
    return properties;
  }

  /** An image for both boots from a BIOS, which is what Nova emulates by default. */
  private String firmware() {
    return manifest.firmware().bios() ? "bios" : "uefi";
  }

  /** The size of the disk that a machine sees; empty for formats whose header is not read here. */
  private OptionalLong diskSize() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return switch (manifest.imageFormat().name()) {
        case "raw" -> OptionalLong.of(channel.size());
        case "qcow2" -> {
          ByteBuffer header = ByteBuffer.allocate(QCOW2_SIZE + Long.BYTES);
          channel.read(header, 0);
          yield header.position() == header.capacity() && header.getInt(0) == QCOW2_MAGIC
              ? OptionalLong.of(header.getLong(QCOW2_SIZE))
              : OptionalLong.empty();
        }
        default -> OptionalLong.empty();
      };
    }
  }
}
