/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;

/**
 * Something that an appliance must have to run a build: a provider, a plugin, a bootloader, an
 * image format or a filesystem.
 *
 * @param path the place in the manifest that names it
 */
record Requirement(ExtensionInfo.Kind kind, String name, String path) {
  /** The requirements of a manifest, which may have errors. */
  static List<Requirement> of(Manifest manifest) {
    List<Requirement> all = new ArrayList<>();
    add(all, ExtensionInfo.Kind.PROVIDER, manifest.at("provider.name"), "provider.name");
    entries(manifest, "plugins")
        .keySet()
        .forEach(
            name -> all.add(new Requirement(ExtensionInfo.Kind.PLUGIN, name, "plugins." + name)));
    add(all, ExtensionInfo.Kind.BOOTLOADER, manifest.at("system.bootloader"), "system.bootloader");
    add(all, ExtensionInfo.Kind.IMAGE_FORMAT, manifest.at("volume.backing"), "volume.backing");
    String partitions = "volume.partitions";
    entries(manifest, partitions)
        .forEach(
            (name, partition) ->
                add(
                    all,
                    ExtensionInfo.Kind.FILESYSTEM,
                    partition.get("filesystem"),
                    partitions + "." + name + ".filesystem"));
    return all;
  }

  /** The entries of a map in a manifest, which may have something else in its place. */
  static Map<String, ManifestValue> entries(Manifest manifest, String path) {
    ManifestValue value = manifest.at(path);
    return value.isMap() ? value.entries() : Map.of();
  }

  private static void add(
      List<Requirement> all, ExtensionInfo.Kind kind, ManifestValue name, String path) {
    if (name.exists() && name.isScalar() && !name.text().isEmpty()) {
      all.add(new Requirement(kind, name.text(), path));
    }
  }

  /** As appliances tell each other: {@code image_format:qcow2}. */
  String text() {
    return text(kind, name);
  }

  static String text(ExtensionInfo.Kind kind, String name) {
    return kind.name().toLowerCase(Locale.ROOT) + ":" + name;
  }

  /**
   * Whether what is missing here explains the problem at a path: its name is unknown, or a key
   * beside it, which it may add.
   */
  static Predicate<String> explaining(List<Requirement> missing) {
    Set<String> paths = new HashSet<>();
    Set<String> parents = new HashSet<>();
    for (Requirement each : missing) {
      paths.add(each.path);
      parents.add(parent(each.path));
    }
    return problem -> paths.contains(problem) || parents.contains(parent(problem));
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  /** For people: {@code image format qcow2, provider kvm}. */
  static String words(Set<String> texts) {
    return texts.stream()
        .map(
            text ->
                text.substring(0, text.indexOf(':') + 1).replace('_', ' ').replace(':', ' ')
                    + text.substring(text.indexOf(':') + 1))
        .collect(Collectors.joining(", "));
  }
}
