/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import java.util.List;
import java.util.Optional;
import org.bootstrapvz.manifest.internal.migration.ManifestTree.Entry;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * Rules for the format of manifests before version 1.0 of the original, which had name and
 * description of the image in a map of their own.
 */
final class OldFormat {
  private static final String REASON = "the format of manifests changed with version 1.0";

  static final List<MigrationRule> RULES =
      List.of(
          new MigrationRule(
              "image.name and image.description move to name and provider.description",
              "The format of manifests changed with version 1.0",
              OldFormat::image),
          new MigrationRule(
              "provider.virtio_modules becomes provider.virtio",
              "The key was renamed",
              OldFormat::virtio));

  private OldFormat() {}

  /** Whether a text that was parsed without an error is in that format. */
  static boolean is(ManifestTree tree) {
    return tree.entry("name").isEmpty()
        && tree.entry("image", "name")
            .flatMap(entry -> ManifestTree.scalar(entry.value()))
            .isPresent();
  }

  private static void image(ManifestEditor manifest) {
    if (!is(manifest.tree())) {
      return;
    }
    Entry image = manifest.entry("image").orElseThrow();
    manifest.addFirst((MappingNode) manifest.root(), "name", manifest.value("image.name"), REASON);
    Optional<Entry> provider = manifest.entry("provider.name");
    String description = manifest.value("image.description");
    if (provider.isPresent()
        && !description.isEmpty()
        && manifest.entry("provider.description").isEmpty()) {
      manifest.addKey(provider.get(), "provider", "description", quoted(description), REASON);
    }
    manifest.remove(image, "image", REASON);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static void virtio(ManifestEditor manifest) {
    if (manifest.entry("provider.virtio").isEmpty()) {
      manifest
          .entry("provider.virtio_modules")
          .ifPresent(entry -> manifest.rename(entry, "provider.virtio", "virtio", REASON));
    }
  }
}
