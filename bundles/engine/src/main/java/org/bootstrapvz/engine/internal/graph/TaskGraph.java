/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.engine.internal.registry.TaskInfo;
import org.jgrapht.Graph;
import org.jgrapht.traverse.NotDirectedAcyclicGraphException;
import org.jgrapht.traverse.TopologicalOrderIterator;

/**
 * Sorts all registered tasks and filters them to a task set, so that order also holds through tasks
 * that were not chosen.
 *
 * <p>The vertices of the graph are tasks, barriers between phases, and types of values. A barrier
 * represents the order between every task before and every task after it; a type of values, within
 * a phase, the order between all tasks that provide and all that take it. So the graph has one edge
 * per relation and two per task, and the cost of sorting grows with their number.
 */
public final class TaskGraph {
  private TaskGraph() {}

  /**
   * Sorts a task set. The same tasks give the same list, whatever their order.
   *
   * @param registered all registered tasks, one for each id
   * @param broken ids of tasks with invalid properties, with the defect of each
   * @param chosen ids of the task set
   */
  public static TaskList sort(
      Collection<TaskInfo> registered, Map<String, String> broken, Set<String> chosen) {
    Vertices vertices = new Vertices(registered, chosen);
    OrderGraph.Builder edges = new OrderGraph.Builder();
    List<Finding> findings = new ArrayList<>();
    new DeclaredOrder(vertices, broken, edges, findings).add();
    new ValueOrder(vertices, edges, findings).add();
    OrderGraph graph = edges.build(vertices.lowest(), vertices.tasks().size());
    List<Integer> order =
        sorted(graph)
            .or(() -> sortedWithoutCycles(vertices, graph, findings))
            .orElseThrow()
            .stream()
            .filter(vertices::isChosenTask)
            .toList();
    if (findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
      return new TaskList(List.of(), List.of(), List.copyOf(findings));
    }
    return new TaskList(
        order.stream().map(vertices::task).toList(),
        new PlanRelations(vertices, graph).of(order),
        List.copyOf(findings));
  }

  /**
   * The tasks in order, barriers and values as early as possible, ties by id; empty if there is a
   * cycle.
   */
  private static Optional<List<Integer>> sorted(Graph<Integer, Integer> graph) {
    List<Integer> order = new ArrayList<>(graph.vertexSet().size());
    try {
      new TopologicalOrderIterator<>(graph, Comparator.naturalOrder())
          .forEachRemaining(
              vertex -> {
                if (Vertices.isTask(vertex)) {
                  order.add(vertex);
                }
              });
      return Optional.of(order);
    } catch (NotDirectedAcyclicGraphException e) {
      return Optional.empty();
    }
  }

  private static Optional<List<Integer>> sortedWithoutCycles(
      Vertices vertices, OrderGraph graph, List<Finding> findings) {
    CycleFinder cycles = new CycleFinder(vertices, graph);
    findings.addAll(cycles.findings());
    return sorted(cycles.acyclicRest());
  }
}
