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
  private static final List<String> KEYS = List.of("include", "variables", "when", Matrix.KEY);

  /** Whether a key says how a manifest is composed. */
  static boolean isComposition(String key) {
    return KEYS.contains(key);
  }

  /** The same layer without the keys of the composition, which have errors. */
  Layer withoutComposition() {
    return new Layer(file, content, new Node.Mapping(composition.mark(), Map.of()));
  }

  /** Separates the keys of a file. */
  static Layer of(Path file, Node.Mapping map) {
    Map<String, Entry> content = new LinkedHashMap<>();
    Map<String, Entry> composition = new LinkedHashMap<>();
    map.entries()
        .forEach((key, entry) -> (isComposition(key) ? composition : content).put(key, entry));
    return new Layer(
        file, new Node.Mapping(map.mark(), content), new Node.Mapping(map.mark(), composition));
  }
}
