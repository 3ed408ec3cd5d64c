/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.manifest.internal.migration.ManifestTree.Entry;

/** Rules for the section {@code volume}. */
final class VolumeRules {
  static final List<MigrationRule> RULES =
      List.of(
          new MigrationRule(
              "The boot partition of releases up to buster has at least 512MiB",
              "Kernels and initramfs are larger than then",
              manifest ->
                  enlarge(
                      manifest, "boot", Bytes.parse("512MiB"), "kernels and initramfs have grown")),
          new MigrationRule(
              "A root partition of a release up to buster gets at least 2GiB",
              "Debian is larger than then",
              manifest -> enlarge(manifest, "root", Bytes.parse("2GiB"), "Debian has grown")));

  private VolumeRules() {}

  private static void enlarge(
      ManifestEditor manifest, String partition, Bytes minimum, String reason) {
    if (manifest.old().version() > ReleaseChange.BUSTER
        || manifest.value("volume.backing").equals("folder")) {
      return;
    }
    String path = "volume.partitions." + partition + ".size";
    manifest
        .entry(path)
        .map(Entry::value)
        .flatMap(ManifestTree::scalar)
        .flatMap(VolumeRules::size)
        .filter(size -> size.compareTo(minimum) < 0)
        .ifPresent(size -> manifest.replace(path, minimum.toString(), reason));
  }

  private static Optional<Bytes> size(String text) {
    try {
      return Optional.of(Bytes.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
