package org.bootstrapvz.engine.internal.graph;

import org.jgrapht.graph.DefaultEdge;

/** An edge: its source runs before its target. */
final class Order extends DefaultEdge {
  private static final long serialVersionUID = 1L;

  /** Where an order comes from. */
  enum Origin {
    /** The target names the source in {@code predecessors} or {@code after}. */
    DECLARED_BY_LATER,
    /** The source names the target in {@code successors} or {@code before}. */
    DECLARED_BY_EARLIER,
    /** From a task to the node of a value's type, or from there to a task that takes the value. */
    VALUE,
    /** To or from the barrier between two phases. */
    PHASE
  }

  private final Origin origin;

  Order(Origin origin) {
    this.origin = origin;
  }

  Origin origin() {
    return origin;
  }
}
