/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.engine.internal.graph.Finding.Kind;
import org.bootstrapvz.engine.internal.registry.TaskInfo;
import org.jgrapht.Graph;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.alg.shortestpath.BFSShortestPath;
import org.jgrapht.graph.AsSubgraph;

/** Finds the cycles of a graph: a shortest one in each strongly connected component. */
final class CycleFinder {
  private final Vertices vertices;
  private final OrderGraph graph;
  private final EdgeReasons reasons;
  private final List<TreeSet<Integer>> components;

  CycleFinder(Vertices vertices, OrderGraph graph) {
    this.vertices = vertices;
    this.graph = graph;
    this.reasons = new EdgeReasons(vertices, graph);
    this.components =
        new KosarajuStrongConnectivityInspector<>(graph)
            .stronglyConnectedSets().stream()
                .filter(component -> component.size() > 1)
                .map(TreeSet::new)
                .sorted(Comparator.comparing(CycleFinder::firstTask))
                .toList();
  }

  List<Finding> findings() {
    return components.stream().map(this::finding).toList();
  }

  /** The graph without the vertices of cyclic components; it can be sorted. */
  Graph<Integer, Integer> acyclicRest() {
    Set<Integer> rest = new LinkedHashSet<>(graph.vertexSet());
    components.forEach(rest::removeAll);
    return new AsSubgraph<>(graph, rest);
  }

  /** Every cycle has a task, since barriers and values have edges to and from tasks only. */
  private static Integer firstTask(TreeSet<Integer> component) {
    return Objects.requireNonNull(component.ceiling(0));
  }

  private Finding finding(TreeSet<Integer> component) {
    var chosen = component.stream().filter(vertices::isChosenTask).findFirst();
    List<Integer> cycle = shortestCycle(component, chosen.orElseGet(() -> firstTask(component)));
    List<TaskInfo> members =
        cycle.stream()
            .map(graph::getEdgeSource)
            .filter(Vertices::isTask)
            .map(vertices::task)
            .toList();
    return new Finding(
        Kind.CYCLE,
        chosen.isPresent() ? Severity.ERROR : Severity.WARNING,
        members,
        "Cyclic task dependency: "
            + String.join(" -> ", members.stream().map(TaskInfo::name).toList())
            + " -> "
            + members.get(0).name()
            + ", because "
            + String.join("; ", reasons.withBundles(cycle)),
        "Remove one of these relations");
  }

  private List<Integer> shortestCycle(Set<Integer> component, Integer start) {
    AsSubgraph<Integer, Integer> within = new AsSubgraph<>(graph, component);
    var paths = new BFSShortestPath<>(within).getPaths(start);
    List<Integer> cycle = List.of();
    for (Integer last : within.incomingEdgesOf(start)) {
      GraphPath<Integer, Integer> path = paths.getPath(graph.getEdgeSource(last));
      if (cycle.isEmpty() || path.getLength() + 1 < cycle.size()) {
        cycle = new ArrayList<>(path.getEdgeList());
        cycle.add(last);
      }
    }
    return cycle;
  }
}
