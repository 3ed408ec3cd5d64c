/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.graph;

/** Where an edge comes from. */
enum Origin {
  /** The target names the source in {@code predecessors} or {@code after}. */
  DECLARED_BY_LATER,
  /** The source names the target in {@code successors} or {@code before}. */
  DECLARED_BY_EARLIER,
  /** From a task to the type of a value it provides, or from there to a task that takes it. */
  VALUE,
  /** To or from the barrier between two phases. */
  PHASE
}
