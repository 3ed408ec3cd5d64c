/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.manifest.ManifestContent;
import org.bootstrapvz.api.problem.Location;
import org.jspecify.annotations.Nullable;

/** A value of a parsed document and the place where it starts. Immutable. */
sealed interface Node {
  /** Where it starts. */
  Location mark();

  /** Returns a node with this content. */
  static Node of(ManifestContent.Node content) {
    Location mark = location(content.mark());
    if (content instanceof ManifestContent.Mapping map) {
      Map<String, Entry> entries = new LinkedHashMap<>();
      map.entries()
          .forEach(
              (key, entry) ->
                  entries.put(key, new Entry(location(entry.keyMark()), of(entry.value()))));
      return new Mapping(mark, entries);
    }
    if (content instanceof ManifestContent.Sequence list) {
      return new Sequence(mark, list.items().stream().map(Node::of).toList());
    }
    ManifestContent.Scalar scalar = (ManifestContent.Scalar) content;
    return new Scalar(mark, scalar.text(), scalar.value());
  }

  /**
   * A text, number, boolean or null.
   *
   * @param text as it is written
   * @param value a String, Long, Double, Boolean or null
   */
  record Scalar(Location mark, String text, @Nullable Object value) implements Node {}

  /** A list. */
  record Sequence(Location mark, List<Node> items) implements Node {}

  /** A map, in the order of the file. */
  record Mapping(Location mark, Map<String, Entry> entries) implements Node {}

  /** The value of a key and the place of the key. */
  record Entry(Location keyMark, Node value) {}

  private static Location location(ManifestContent.Mark mark) {
    return new Location(mark.file(), mark.line(), mark.column());
  }

  /** Returns the number of values in it, with itself. */
  default int count() {
    if (this instanceof Mapping map) {
      return 1 + map.entries().values().stream().mapToInt(entry -> entry.value().count()).sum();
    }
    return this instanceof Sequence list
        ? 1 + list.items().stream().mapToInt(Node::count).sum()
        : 1;
  }
}
