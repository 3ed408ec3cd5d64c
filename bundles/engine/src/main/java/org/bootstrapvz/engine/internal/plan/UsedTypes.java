/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bootstrapvz.api.extension.BootloaderType;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.volume.Bootloader;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.api.volume.ImageFormat;
import org.bootstrapvz.api.volume.VolumeType;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot.RegisteredType;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot.Types;
import org.jspecify.annotations.Nullable;

/**
 * The bootloader, the image format and the filesystems that a manifest names. Only their services
 * are activated.
 *
 * <p>Uses loops instead of lambda expressions, since each of these becomes a class at run time,
 * which slows down short commands.
 */
final class UsedTypes implements AutoCloseable {
  private final Types types;
  private final GuardedCalls calls;
  private final List<UsedType<?, ?>> used = new ArrayList<>();
  private final Map<String, UsedType.OfFilesystem> filesystems = new LinkedHashMap<>();

  UsedTypes(Types types, GuardedCalls calls) {
    this.types = types;
    this.calls = calls;
  }

  /** Activates those that a manifest names; skips those that are not installed. */
  void find(Manifest manifest) {
    ManifestValue backing = manifest.at("volume.backing");
    RegisteredType<ImageFormat, ImageFormatType> format = types.imageFormats().get(name(backing));
    ImageFormatType formatService = obtain("image format", format, backing);
    if (format != null && formatService != null) {
      used.add(new UsedType.OfImageFormat(format, backing, formatService));
    }
    ManifestValue partitions = manifest.at("volume.partitions");
    if (partitions.isMap()) {
      for (ManifestValue partition : partitions.entries().values()) {
        findFilesystem(partition);
      }
    }
    ManifestValue named = manifest.at("system.bootloader");
    RegisteredType<Bootloader, BootloaderType> bootloader = types.bootloaders().get(name(named));
    BootloaderType bootloaderService = obtain("bootloader", bootloader, named);
    if (bootloader != null && bootloaderService != null) {
      used.add(new UsedType.OfBootloader(bootloader, named, bootloaderService));
    }
  }

  private void findFilesystem(ManifestValue partition) {
    ManifestValue named = partition.get("filesystem");
    UsedType.OfFilesystem known = filesystems.get(name(named));
    if (known != null) {
      known.add(partition);
      return;
    }
    RegisteredType<Filesystem, FilesystemType> filesystem = types.filesystems().get(name(named));
    FilesystemType service = obtain("filesystem", filesystem, named);
    if (filesystem != null && service != null) {
      UsedType.OfFilesystem type = new UsedType.OfFilesystem(filesystem, named, service);
      type.add(partition);
      filesystems.put(name(named), type);
      used.add(type);
    }
  }

  private static String name(ManifestValue named) {
    return named.isScalar() ? named.text() : "";
  }

  private <D extends VolumeType, S> @Nullable S obtain(
      String kind, @Nullable RegisteredType<D, S> registered, ManifestValue named) {
    return registered == null
        ? null
        : calls
            .<S>call(
                kind + " " + named.text(),
                registered.bundle(),
                named,
                "be activated",
                () -> NotActivatedException.obtain(registered.service()))
            .orElse(null);
  }

  /** Calls the checks of all of them. */
  void check(Manifest manifest, Problems problems) {
    for (UsedType<?, ?> type : used) {
      call(type, "check the manifest", () -> type.check(manifest, problems));
    }
  }

  /** Makes each of them add its tasks. */
  void selectTasks(ChosenTasks tasks, Manifest manifest) {
    for (UsedType<?, ?> type : used) {
      tasks.requestedBy(
          type.label(),
          () -> call(type, "choose its tasks", () -> type.selectTasks(tasks, manifest)));
    }
  }

  private void call(UsedType<?, ?> type, String purpose, Runnable code) {
    calls.run(type.label(), type.bundle(), type.named(), purpose, code);
  }

  /** The filesystems, to be activated again by a build. */
  List<RegisteredType<Filesystem, FilesystemType>> filesystems() {
    List<RegisteredType<Filesystem, FilesystemType>> registered = new ArrayList<>();
    for (UsedType.OfFilesystem type : filesystems.values()) {
      registered.add(type.registered());
    }
    return registered;
  }

  /** The bundles that provide them. */
  Set<Long> bundles() {
    Set<Long> bundles = new HashSet<>();
    for (UsedType<?, ?> type : used) {
      bundles.add(type.bundle().id());
    }
    return bundles;
  }

  @Override
  public void close() {
    for (UsedType<?, ?> type : used) {
      calls.release(type.label(), type.bundle(), type::release);
    }
  }
}
