/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.manifest.internal.Node.Entry;

/**
 * The content of one file of a manifest.
 *
 * @param file the file, as problems name it
 * @param content its keys, except for those of the composition
 * @param composition its keys that say how the manifest is composed: {@code include}
 */
record Layer(Path file, Node.Mapping content, Node.Mapping composition) {
  private static final List<String> KEYS = List.of("include");

  /** Separates the keys of a file. */
  static Layer of(Path file, Node.Mapping map) {
    Map<String, Entry> content = new LinkedHashMap<>();
    Map<String, Entry> composition = new LinkedHashMap<>();
    map.entries()
        .forEach((key, entry) -> (KEYS.contains(key) ? composition : content).put(key, entry));
    return new Layer(
        file, new Node.Mapping(map.mark(), content), new Node.Mapping(map.mark(), composition));
  }
}
