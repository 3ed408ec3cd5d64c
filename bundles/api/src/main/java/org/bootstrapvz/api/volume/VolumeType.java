/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.volume;

import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The common properties of bootloaders, image formats and filesystems. Immutable. */
public sealed interface VolumeType permits Bootloader, ImageFormat, Filesystem {
  /** Returns the name in manifests. */
  String name();

  /** Returns its description, in a few words. */
  String description();

  /**
   * Returns the JSON schema of the keys that it adds to a map of the manifest that names it; empty
   * if it adds none.
   */
  Optional<URL> schema();

  /**
   * Returns its capabilities for the rules in the schemas of providers: the names of properties and
   * their values.
   */
  Map<String, List<String>> capabilities();

  /**
   * Returns whether it has the capabilities in a rule: of each property in the rule at least one of
   * the values. An empty rule always matches.
   */
  default boolean satisfies(Map<String, List<String>> rule) {
    return rule.entrySet().stream()
        .allMatch(
            entry ->
                capabilities().getOrDefault(entry.getKey(), List.of()).stream()
                    .anyMatch(entry.getValue()::contains));
  }
}
