/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.systemd;

import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;

/** Checks whether the root filesystem of a machine can grow with its disk. */
public final class RootGrowth {
  /** What is never behind the root partition. */
  private static final List<String> IN_FRONT = List.of("type", "root", "boot", "swap", "esp");

  private RootGrowth() {}

  /**
   * Warns if another partition follows the root partition.
   *
   * @param grows the setting that makes the root filesystem grow
   */
  public static void check(Manifest manifest, ManifestValue grows, Problems problems) {
    ManifestValue partitions = manifest.at("volume.partitions");
    Optional<String> behind =
        partitions.entries().keySet().stream().filter(key -> !IN_FRONT.contains(key)).findFirst();
    behind.ifPresent(
        name ->
            problems.warning(
                grows,
                "The root filesystem cannot grow: the partition "
                    + name
                    + " follows it on the disk",
                "Remove that partition, or set volume.partitions.root.size to the final size"));
  }
}
