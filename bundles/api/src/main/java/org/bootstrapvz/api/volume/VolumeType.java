/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.volume;

import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What bootloaders, image formats and filesystems have in common. Immutable. */
public sealed interface VolumeType permits Bootloader, ImageFormat, Filesystem {
  /** The name manifests use. */
  String name();

  /** What it is, in a few words. */
  String description();

  /**
   * The JSON schema of the keys that it adds to the map of the manifest that names it, for a
   * manifest that does so; empty if it adds none.
   */
  Optional<URL> schema();

  /**
   * What it can do, as the rules in the schemas of providers ask for it: the names of properties
   * and their values.
   */
  Map<String, List<String>> capabilities();

  /**
   * Whether it has what a rule asks for: of each property in the rule at least one of the values.
   * An empty rule asks for nothing.
   */
  default boolean satisfies(Map<String, List<String>> rule) {
    return rule.entrySet().stream()
        .allMatch(
            entry ->
                capabilities().getOrDefault(entry.getKey(), List.of()).stream()
                    .anyMatch(entry.getValue()::contains));
  }
}
