/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.graph;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.engine.internal.registry.TaskInfo;
import org.jspecify.annotations.Nullable;

/** Describes who declared each step of a path from a task to a task. */
final class EdgeReasons {
  private final Vertices vertices;
  private final OrderGraph graph;

  EdgeReasons(Vertices vertices, OrderGraph graph) {
    this.vertices = vertices;
    this.graph = graph;
  }

  /** The reasons, without bundles. */
  List<String> of(List<Integer> path) {
    return describe(path, false);
  }

  /** The reasons, each with the bundles concerned. */
  List<String> withBundles(List<Integer> path) {
    return describe(path, true);
  }

  private List<String> describe(List<Integer> path, boolean withBundles) {
    List<String> reasons = new ArrayList<>();
    @Nullable TaskInfo provider = null;
    for (Integer edge : path) {
      int source = graph.getEdgeSource(edge);
      int target = graph.getEdgeTarget(edge);
      if (!Vertices.isTask(target)) {
        provider = vertices.task(source);
      } else if (provider != null && !Vertices.isTask(source)) {
        reasons.add(
            provides(provider, vertices.valueType(source), vertices.task(target), withBundles));
      } else {
        reasons.add(declared(edge, vertices.task(source), vertices.task(target), withBundles));
      }
    }
    return reasons;
  }

  private static String provides(
      TaskInfo provider, String type, TaskInfo later, boolean withBundles) {
    return named(provider, withBundles)
        + " provides "
        + type.substring(type.lastIndexOf('.') + 1)
        + ", which "
        + named(later, withBundles)
        + " "
        + ValueOrder.verb(later, type);
  }

  private String declared(Integer edge, TaskInfo earlier, TaskInfo later, boolean withBundles) {
    return graph.origin(edge) == Origin.DECLARED_BY_LATER
        ? later.name() + " is declared after " + earlier.name() + by(later, withBundles)
        : earlier.name() + " is declared before " + later.name() + by(earlier, withBundles);
  }

  private static String named(TaskInfo task, boolean withBundle) {
    return task.name() + (withBundle ? " of " + task.bundle() : "");
  }

  private static String by(TaskInfo declaring, boolean withBundle) {
    return withBundle ? " by " + declaring.bundle() : "";
  }
}
