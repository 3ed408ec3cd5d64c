/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bootstrapvz.api.plan.Relation;
import org.bootstrapvz.api.task.Phase;

/** The relations between chosen tasks of the same phase. */
final class PlanRelations {
  /**
   * In a phase with more registered tasks, the relations of a plan are only those declared between
   * chosen tasks: finding indirect relations and removing implied ones is quadratic, and a diagram
   * of that size is of no use.
   */
  private static final int MAX_REDUCED = 2_000;

  private final Vertices vertices;
  private final OrderGraph graph;
  private final EdgeReasons reasons;

  PlanRelations(Vertices vertices, OrderGraph graph) {
    this.vertices = vertices;
    this.graph = graph;
    this.reasons = new EdgeReasons(vertices, graph);
  }

  /**
   * The relations of a plan.
   *
   * @param order the chosen tasks, sorted
   */
  List<Relation> of(List<Integer> order) {
    int[] registered = new int[Vertices.PHASES];
    vertices.tasks().forEach(task -> registered[task.phase().ordinal()]++);
    List<Relation> relations = new ArrayList<>();
    for (int start = 0, end; start < order.size(); start = end) {
      Phase phase = vertices.phase(order.get(start));
      for (end = start; end < order.size() && vertices.phase(order.get(end)) == phase; ) {
        end++;
      }
      List<Integer> ofPhase = order.subList(start, end);
      if (registered[phase.ordinal()] <= MAX_REDUCED) {
        addReduced(ofPhase, relations);
      } else {
        addDeclaredOnly(ofPhase, relations);
      }
    }
    return List.copyOf(relations);
  }

  /** The transitive reduction: visits tasks from last to first and omits implied relations. */
  private void addReduced(List<Integer> order, List<Relation> relations) {
    Map<Integer, Integer> places = new HashMap<>();
    IntStream.range(0, order.size()).forEach(place -> places.put(order.get(place), place));
    BitSet[] reached = new BitSet[order.size()];
    List<List<Relation>> found = new ArrayList<>();
    for (int place = order.size() - 1; place >= 0; place--) {
      BitSet reach = reached[place] = new BitSet(order.size());
      List<Relation> ofTask = new ArrayList<>();
      Map<Integer, List<Integer>> next = new TreeMap<>(); // by place
      nextChosen(order.get(place))
          .forEach((vertex, path) -> next.put(places.getOrDefault(vertex, 0), path));
      next.forEach(
          (target, path) -> {
            if (!reach.get(target)) {
              ofTask.add(relation(path));
              reach.set(target);
              reach.or(reached[target]);
            }
          });
      found.add(ofTask);
    }
    Collections.reverse(found);
    found.forEach(relations::addAll);
  }

  private void addDeclaredOnly(List<Integer> order, List<Relation> relations) {
    for (Integer vertex : order) {
      Map<Integer, Integer> next = new TreeMap<>(Comparator.naturalOrder());
      for (Integer edge : graph.outgoingEdgesOf(vertex)) {
        Integer target = graph.getEdgeTarget(edge);
        if (vertices.isChosenTask(target)) {
          next.putIfAbsent(target, edge);
        }
      }
      next.values().forEach(edge -> relations.add(relation(List.of(edge))));
    }
  }

  /**
   * The chosen tasks that follow a task, directly or through tasks that were not chosen, each with
   * the shortest path to it.
   */
  private Map<Integer, List<Integer>> nextChosen(Integer start) {
    record Reached(Integer vertex, List<Integer> path) {}
    Map<Integer, List<Integer>> next = new HashMap<>();
    Map<Integer, List<Integer>> paths = new HashMap<>(Map.of(start, List.of()));
    List<Reached> open = new ArrayList<>(List.of(new Reached(start, List.of())));
    for (int i = 0; i < open.size(); i++) {
      Reached reached = open.get(i);
      for (Integer edge : graph.outgoingEdgesOf(reached.vertex)) {
        Integer target = graph.getEdgeTarget(edge);
        if (graph.origin(edge) == Origin.PHASE || paths.containsKey(target)) {
          continue;
        }
        List<Integer> longer = new ArrayList<>(reached.path);
        longer.add(edge);
        paths.put(target, longer);
        if (vertices.isChosenTask(target)) {
          next.put(target, longer);
        } else {
          open.add(new Reached(target, longer));
        }
      }
    }
    return next;
  }

  private Relation relation(List<Integer> path) {
    return new Relation(
        vertices.task(graph.getEdgeSource(path.get(0))).id(),
        vertices.task(graph.getEdgeTarget(path.get(path.size() - 1))).id(),
        String.join("; ", reasons.of(path)));
  }
}
