/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.manifest.ManifestContent;
import org.jspecify.annotations.Nullable;

/** A value of a parsed document and the place where it starts. Immutable. */
sealed interface Node {
  /** Where it starts. */
  Mark mark();

  /** Returns a node with this content. */
  static Node of(ManifestContent.Node content) {
    Mark mark = Mark.of(content.mark());
    if (content instanceof ManifestContent.Mapping map) {
      Map<String, Entry> entries = new LinkedHashMap<>();
      map.entries()
          .forEach(
              (key, entry) ->
                  entries.put(key, new Entry(Mark.of(entry.keyMark()), of(entry.value()))));
      return new Mapping(mark, entries);
    }
    if (content instanceof ManifestContent.Sequence list) {
      return new Sequence(mark, list.items().stream().map(Node::of).toList());
    }
    ManifestContent.Scalar scalar = (ManifestContent.Scalar) content;
    return new Scalar(mark, scalar.text(), scalar.value());
  }

  /** A place in a text; both are counted from 1. */
  record Mark(int line, int column) {
    private static Mark of(ManifestContent.Mark mark) {
      return new Mark(mark.line(), mark.column());
    }
  }

  /**
   * A text, number, boolean or null.
   *
   * @param text as it is written
   * @param value a String, Long, Double, Boolean or null
   */
  record Scalar(Mark mark, String text, @Nullable Object value) implements Node {}

  /** A list. */
  record Sequence(Mark mark, List<Node> items) implements Node {}

  /** A map, in the order of the file. */
  record Mapping(Mark mark, Map<String, Entry> entries) implements Node {}

  /** The value of a key and the place of the key. */
  record Entry(Mark keyMark, Node value) {}
}
