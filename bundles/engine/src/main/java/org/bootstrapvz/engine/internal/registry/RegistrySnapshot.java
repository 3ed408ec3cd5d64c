/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.bootstrapvz.api.extension.BootloaderType;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.volume.Bootloader;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.api.volume.ImageFormat;
import org.bootstrapvz.api.volume.VolumeType;
import org.bootstrapvz.api.volume.VolumeTypes;

/**
 * The services that a new build can use: of each bundle only its current generation.
 *
 * @param providers by name
 * @param plugins by name
 * @param tasks by id
 * @param types the bootloaders, image formats and filesystems
 * @param broken tasks with invalid properties, by id, with the defect of each
 */
public record RegistrySnapshot(
    SortedMap<String, Extension<Provider>> providers,
    SortedMap<String, Extension<Plugin>> plugins,
    SortedMap<String, RegisteredTask> tasks,
    Types types,
    Map<String, String> broken) {

  /** A provider or plugin. */
  public record Extension<T>(String name, OwnerBundle bundle, ServiceHandle<T> service) {}

  /** A task. */
  public record RegisteredTask(TaskInfo info, ServiceHandle<Task> service) {}

  /** A bootloader, an image format or a filesystem. */
  public record RegisteredType<D extends VolumeType, S>(
      D definition, OwnerBundle bundle, ServiceHandle<S> service) {}

  /** The bootloaders, image formats and filesystems, by name. */
  public record Types(
      SortedMap<String, RegisteredType<Bootloader, BootloaderType>> bootloaders,
      SortedMap<String, RegisteredType<ImageFormat, ImageFormatType>> imageFormats,
      SortedMap<String, RegisteredType<Filesystem, FilesystemType>> filesystems) {
    /** The types that a manifest can name. */
    public VolumeTypes definitions() {
      return new VolumeTypes(
          definitions(bootloaders), definitions(imageFormats), definitions(filesystems));
    }

    private static <D extends VolumeType, S> List<D> definitions(
        SortedMap<String, RegisteredType<D, S>> types) {
      return types.values().stream().map(RegisteredType::definition).toList();
    }

    private Stream<RegisteredType<?, ?>> all() {
      return Stream.of(bootloaders, imageFormats, filesystems)
          .flatMap(each -> each.values().stream());
    }
  }

  /** The ids of all bundles that provide any of these. */
  public Set<Long> bundles() {
    Set<Long> bundles = new HashSet<>();
    providers.values().forEach(provider -> bundles.add(provider.bundle().id()));
    plugins.values().forEach(plugin -> bundles.add(plugin.bundle().id()));
    tasks.values().forEach(task -> bundles.add(task.info().bundle().id()));
    types.all().forEach(type -> bundles.add(type.bundle().id()));
    return bundles;
  }
}
