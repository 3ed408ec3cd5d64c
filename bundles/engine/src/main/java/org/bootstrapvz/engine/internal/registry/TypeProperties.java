/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.bootstrapvz.api.extension.BootloaderDefinition;
import org.bootstrapvz.api.extension.FilesystemDefinition;
import org.bootstrapvz.api.extension.ImageFormatDefinition;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.volume.Bootloader;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.api.volume.Firmware;
import org.bootstrapvz.api.volume.ImageFormat;
import org.jspecify.annotations.Nullable;

/** Reads the service properties of a bootloader, an image format or a filesystem. */
final class TypeProperties {
  private final ServiceProperties properties;
  private final Function<String, @Nullable URL> resources;

  /**
   * @param prefix of the service properties
   * @param properties gives the value of a service property; null if there is none
   * @param resources gives the resource of the bundle at a path; null if there is none
   */
  private TypeProperties(
      String prefix,
      Function<String, @Nullable Object> properties,
      Function<String, @Nullable URL> resources) {
    this.properties = new ServiceProperties(prefix, properties);
    this.resources = resources;
  }

  static Bootloader bootloader(
      Function<String, @Nullable Object> properties, Function<String, @Nullable URL> resources)
      throws InvalidPropertiesException {
    TypeProperties type = new TypeProperties(BootloaderDefinition.PREFIX_, properties, resources);
    List<Firmware> firmware = new ArrayList<>();
    for (String name : type.properties.texts("firmware")) {
      firmware.add(constant("firmware", name, List.of(Firmware.BIOS, Firmware.UEFI)));
    }
    return new Bootloader(
        type.name(),
        type.properties.text("description"),
        type.schema(),
        firmware,
        type.properties.texts("architectures"),
        type.properties.isTrue("partitionTable"),
        type.properties.isTrue("embedded"),
        type.properties.isTrue("kernelOnEsp"),
        type.properties.isTrue("mounted"),
        type.properties.texts("unreadableFeatures"));
  }

  static ImageFormat imageFormat(
      Function<String, @Nullable Object> properties, Function<String, @Nullable URL> resources)
      throws InvalidPropertiesException {
    TypeProperties type = new TypeProperties(ImageFormatDefinition.PREFIX_, properties, resources);
    String extension = type.properties.text("extension", "");
    return new ImageFormat(
        type.name(),
        type.properties.text("description"),
        type.schema(),
        type.properties.texts("platforms"),
        constant(
            "content",
            type.properties.text("content", "FILE"),
            Arrays.asList(ImageFormat.Content.values())),
        extension.isEmpty() ? type.name() : extension,
        type.properties.text("driver", ""),
        type.properties.texts("options"),
        type.properties.isTrue("compressible"),
        type.maximum());
  }

  static Filesystem filesystem(
      Function<String, @Nullable Object> properties, Function<String, @Nullable URL> resources)
      throws InvalidPropertiesException {
    TypeProperties type = new TypeProperties(FilesystemDefinition.PREFIX_, properties, resources);
    return new Filesystem(
        type.name(),
        type.properties.text("description"),
        type.schema(),
        size("minimum", type.properties.text("minimum", "1MiB")),
        type.maximum(),
        type.properties.text("debianPackage", ""),
        type.properties.commands("commands"),
        type.properties.text("grubModule", ""),
        type.properties.texts("formatCommands"),
        type.properties.isTrue("mounted"),
        type.properties.isTrue("atOffset"),
        type.properties.isTrue("checked"));
  }

  private Optional<Bytes> maximum() throws InvalidPropertiesException {
    String maximum = properties.text("maximum", "");
    return maximum.isEmpty() ? Optional.empty() : Optional.of(size("maximum", maximum));
  }

  private String name() throws InvalidPropertiesException {
    String name = properties.text("name");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
      throw new InvalidPropertiesException("has the name \"" + name + "\", which is not one word");
    }
    return name;
  }

  private Optional<URL> schema() throws InvalidPropertiesException {
    String path = properties.text("schema", "");
    if (path.isEmpty()) {
      return Optional.empty();
    }
    URL schema = resources.apply(path);
    if (schema == null) {
      throw new InvalidPropertiesException(
          "names the schema " + path + ", which its bundle does not contain");
    }
    return Optional.of(schema);
  }

  private static <E extends Enum<E>> E constant(String property, String text, List<E> constants)
      throws InvalidPropertiesException {
    return constants.stream()
        .filter(constant -> constant.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidPropertiesException(
                    "has a service property "
                        + property
                        + " with \""
                        + text
                        + "\"; possible are "
                        + String.join(", ", constants.stream().map(Enum::name).toList())));
  }

  private static Bytes size(String property, String text) throws InvalidPropertiesException {
    try {
      return Bytes.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidPropertiesException(
          "has a service property " + property + " that is not a size: " + e.getMessage());
    }
  }
}
