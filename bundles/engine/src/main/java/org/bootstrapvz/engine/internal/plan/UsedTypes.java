/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.bootstrapvz.api.extension.BootloaderType;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.api.volume.VolumeType;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot.RegisteredType;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot.Types;

/**
 * The bootloader, the image format and the filesystems that a manifest names. Only their services
 * are activated.
 */
final class UsedTypes implements AutoCloseable {
  private final Types types;
  private final GuardedCalls calls;
  private final List<Used<?, BootloaderType>> bootloaders = new ArrayList<>();
  private final List<Used<?, ImageFormatType>> imageFormats = new ArrayList<>();

  /** With the partitions that name them. */
  private final Map<Used<Filesystem, FilesystemType>, List<ManifestValue>> filesystems =
      new LinkedHashMap<>();

  /** One that the manifest names. */
  private static final class Used<D extends VolumeType, S> {
    private final String label;
    private final RegisteredType<D, S> offer;
    private final ManifestValue named;
    private final S service;

    private Used(String label, RegisteredType<D, S> offer, ManifestValue named, S service) {
      this.label = label;
      this.offer = offer;
      this.named = named;
      this.service = service;
    }

    private void release() {
      offer.service().release(service);
    }
  }

  UsedTypes(Types types, GuardedCalls calls) {
    this.types = types;
    this.calls = calls;
  }

  /** Activates those that a manifest names. What it names and is not installed is left out. */
  void find(Manifest manifest) {
    use("bootloader", manifest.at("system.bootloader"), types.bootloaders())
        .ifPresent(bootloaders::add);
    use("image format", manifest.at("volume.backing"), types.imageFormats())
        .ifPresent(imageFormats::add);
    ManifestValue partitions = manifest.at("volume.partitions");
    if (!partitions.isMap()) {
      return;
    }
    Map<String, Used<Filesystem, FilesystemType>> byName = new LinkedHashMap<>();
    for (ManifestValue partition : partitions.entries().values()) {
      ManifestValue named = partition.get("filesystem");
      String name = named.isScalar() ? named.text() : "";
      if (!byName.containsKey(name)) {
        use("filesystem", named, types.filesystems()).ifPresent(used -> byName.put(name, used));
      }
      Optional.ofNullable(byName.get(name))
          .ifPresent(
              used -> filesystems.computeIfAbsent(used, key -> new ArrayList<>()).add(partition));
    }
  }

  private <D extends VolumeType, S> Optional<Used<D, S>> use(
      String kind, ManifestValue named, SortedMap<String, RegisteredType<D, S>> offered) {
    RegisteredType<D, S> offer = offered.get(named.isScalar() ? named.text() : "");
    if (offer == null) {
      return Optional.empty();
    }
    String label = kind + " " + named.text();
    return calls
        .call(
            label,
            offer.bundle(),
            named,
            "be activated",
            () -> offer.service().obtain().orElse(null))
        .map(service -> new Used<>(label, offer, named, service));
  }

  /** Calls the checks of all of them. */
  void check(Manifest manifest, Problems problems) {
    bootloaders.forEach(
        used -> call(used, "check the manifest", () -> used.service.check(manifest, problems)));
    imageFormats.forEach(
        used -> call(used, "check the manifest", () -> used.service.check(manifest, problems)));
    filesystems.forEach(
        (used, partitions) ->
            partitions.forEach(
                partition ->
                    call(
                        used,
                        "check the manifest",
                        () -> used.service.check(partition, manifest, problems))));
  }

  /** Lets each of them add its tasks. */
  void selectTasks(ChosenTasks tasks, Manifest manifest) {
    for (Used<?, ImageFormatType> used : imageFormats) {
      select(used, tasks, () -> used.service.selectTasks(tasks, manifest));
    }
    for (Used<?, FilesystemType> used : filesystems.keySet()) {
      select(used, tasks, () -> used.service.selectTasks(tasks, manifest));
    }
    for (Used<?, BootloaderType> used : bootloaders) {
      select(used, tasks, () -> used.service.selectTasks(tasks, manifest));
    }
  }

  private void select(Used<?, ?> used, ChosenTasks tasks, Runnable code) {
    tasks.requestedBy(used.label, () -> call(used, "choose its tasks", code));
  }

  private void call(Used<?, ?> used, String purpose, Runnable code) {
    calls.call(
        used.label,
        used.offer.bundle(),
        used.named,
        purpose,
        () -> {
          code.run();
          return true;
        });
  }

  /** The filesystems, to be activated again by a build. */
  List<RegisteredType<Filesystem, FilesystemType>> filesystems() {
    return filesystems.keySet().stream().map(used -> used.offer).toList();
  }

  /** The bundles that bring them. */
  Set<Long> bundles() {
    Set<Long> bundles = new HashSet<>();
    bootloaders.forEach(used -> bundles.add(used.offer.bundle().id()));
    imageFormats.forEach(used -> bundles.add(used.offer.bundle().id()));
    filesystems.keySet().forEach(used -> bundles.add(used.offer.bundle().id()));
    return bundles;
  }

  @Override
  public void close() {
    bootloaders.forEach(Used::release);
    imageFormats.forEach(Used::release);
    filesystems.keySet().forEach(Used::release);
  }
}
