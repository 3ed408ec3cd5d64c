/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document.drawing;

import java.util.ArrayList;
import java.util.List;

/** A task, or a bend of an arrow, within a {@link FlowLayout}. */
final class Vertex {
  /** In rows. */
  final double height;

  /** What comes right before it. */
  final List<Vertex> left = new ArrayList<>();

  /** What comes right after it. */
  final List<Vertex> right = new ArrayList<>();

  int column;

  /** Its place within its column, counted from the top. */
  int place;

  /** The row of its middle. */
  double row;

  Vertex(double height) {
    this.height = height;
  }

  /** Connects two vertices, once. */
  static void connect(Vertex left, Vertex right) {
    if (!left.right.contains(right)) {
      left.right.add(right);
      right.left.add(left);
    }
  }
}
