/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.extension.BootloaderType;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.api.volume.Bootloader;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.api.volume.ImageFormat;
import org.bootstrapvz.api.volume.VolumeType;
import org.bootstrapvz.engine.internal.registry.OwnerBundle;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot.RegisteredType;

/**
 * A bootloader, an image format or a filesystem that a manifest names and whose service was
 * obtained.
 *
 * @param <D> its data
 * @param <S> its service
 */
abstract class UsedType<D extends VolumeType, S> {
  private final String kind;
  private final RegisteredType<D, S> registered;
  private final ManifestValue named;
  final S service;

  private UsedType(String kind, RegisteredType<D, S> registered, ManifestValue named, S service) {
    this.kind = kind;
    this.registered = registered;
    this.named = named;
    this.service = service;
  }

  abstract void check(Manifest manifest, Problems problems);

  abstract void selectTasks(TaskSet tasks, Manifest manifest);

  RegisteredType<D, S> registered() {
    return registered;
  }

  OwnerBundle bundle() {
    return registered.bundle();
  }

  /** The first place in the manifest that names it. */
  ManifestValue named() {
    return named;
  }

  /** For example {@code image format qcow2}. */
  String label() {
    return kind + " " + registered.definition().name();
  }

  void release() {
    registered.service().release(service);
  }

  /** The bootloader. */
  static final class OfBootloader extends UsedType<Bootloader, BootloaderType> {
    OfBootloader(
        RegisteredType<Bootloader, BootloaderType> registered,
        ManifestValue named,
        BootloaderType service) {
      super("bootloader", registered, named, service);
    }

    @Override
    void check(Manifest manifest, Problems problems) {
      service.check(manifest, problems);
    }

    @Override
    void selectTasks(TaskSet tasks, Manifest manifest) {
      service.selectTasks(tasks, manifest);
    }
  }

  /** The image format. */
  static final class OfImageFormat extends UsedType<ImageFormat, ImageFormatType> {
    OfImageFormat(
        RegisteredType<ImageFormat, ImageFormatType> registered,
        ManifestValue named,
        ImageFormatType service) {
      super("image format", registered, named, service);
    }

    @Override
    void check(Manifest manifest, Problems problems) {
      service.check(manifest, problems);
    }

    @Override
    void selectTasks(TaskSet tasks, Manifest manifest) {
      service.selectTasks(tasks, manifest);
    }
  }

  /** A filesystem, with the partitions that name it. */
  static final class OfFilesystem extends UsedType<Filesystem, FilesystemType> {
    private final List<ManifestValue> partitions = new ArrayList<>();

    OfFilesystem(
        RegisteredType<Filesystem, FilesystemType> registered,
        ManifestValue named,
        FilesystemType service) {
      super("filesystem", registered, named, service);
    }

    void add(ManifestValue partition) {
      partitions.add(partition);
    }

    @Override
    void check(Manifest manifest, Problems problems) {
      for (ManifestValue partition : partitions) {
        service.check(partition, manifest, problems);
      }
    }

    @Override
    void selectTasks(TaskSet tasks, Manifest manifest) {
      service.selectTasks(tasks, manifest);
    }
  }
}
