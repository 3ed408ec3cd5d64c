/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.extension.BootloaderDefinition;
import org.bootstrapvz.api.extension.BootloaderType;
import org.bootstrapvz.api.extension.FilesystemDefinition;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.extension.ImageFormatDefinition;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.extension.NamedFilesystem;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.task.TaskSet;

/** The bootloaders, image formats and filesystems of the bundles on the class path of a test. */
final class ClasspathTypes {
  private ClasspathTypes() {}

  /** Makes those that a manifest names add their tasks; those not on the class path add none. */
  static void selectTasks(TaskSet tasks, Manifest manifest) {
    find(
            ImageFormatType.class,
            ImageFormatDefinition.PREFIX_,
            manifest.at("volume.backing").text(""))
        .ifPresent(type -> type.selectTasks(tasks, manifest));
    filesystems(manifest).forEach(named -> named.type().selectTasks(tasks, manifest));
    find(
            BootloaderType.class,
            BootloaderDefinition.PREFIX_,
            manifest.at("system.bootloader").text(""))
        .ifPresent(type -> type.selectTasks(tasks, manifest));
  }

  /** The filesystems that a manifest names, without those that are not on the class path. */
  static List<NamedFilesystem> filesystems(Manifest manifest) {
    return manifest.at("volume.partitions").entries().values().stream()
        .map(partition -> partition.get("filesystem"))
        .filter(ManifestValue::exists)
        .map(ManifestValue::text)
        .distinct()
        .flatMap(
            name ->
                find(FilesystemType.class, FilesystemDefinition.PREFIX_, name)
                    .map(type -> new NamedFilesystem(name, type))
                    .stream())
        .toList();
  }

  private static <S> Optional<S> find(Class<S> service, String prefix, String name) {
    try {
      for (URL manifest :
          Collections.list(
              ClasspathTypes.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
        for (Declared each : declared(manifest, service)) {
          if (each.properties().getOrDefault(prefix + "name", List.of()).contains(name)) {
            Class<?> type = Class.forName(each.implementation());
            return Optional.of(service.cast(type.getDeclaredConstructor().newInstance()));
          }
        }
      }
      return Optional.empty();
    } catch (IOException | URISyntaxException | ReflectiveOperationException e) {
      throw new IllegalStateException("The type " + name + " cannot be used", e);
    }
  }

  private static List<Declared> declared(URL manifest, Class<?> service)
      throws IOException, URISyntaxException {
    URI top =
        manifest.openConnection() instanceof JarURLConnection jar
            ? jar.getJarFileURL().toURI()
            : manifest.toURI().resolve("..");
    BundleContent content = BundleContent.of(Path.of(top));
    return content.symbolicName().startsWith("org.bootstrapvz.")
        ? content.offering(service)
        : List.of();
  }
}
