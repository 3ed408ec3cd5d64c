/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a parsed document and the place where it begins. Immutable. */
sealed interface Node {
  /** Where it begins. */
  Mark mark();

  /** A place in a text; both are counted from 1. */
  record Mark(int line, int column) {}

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

  /** The value of a key and the place where the key stands. */
  record Entry(Mark keyMark, Node value) {}
}
