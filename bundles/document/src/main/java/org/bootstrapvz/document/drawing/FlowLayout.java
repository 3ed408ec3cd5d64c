/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document.drawing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.document.drawing.PlanDrawing.Point;

/**
 * Lays out tasks that are ordered among each other: those that come first at the left, each in the
 * column after its predecessors. The layered method of Sugiyama, Tagawa and Toda: columns, bends
 * where an arrow passes a column, an order within the columns with few crossings, and positions
 * near those of the neighbours. Arrows that share an end share their bends.
 */
final class FlowLayout {
  private static final double BEND_HEIGHT = 0.3;

  private final List<Vertex> tasks = new ArrayList<>();
  private final List<List<Vertex>> columns = new ArrayList<>();
  private final Map<List<Integer>, List<Vertex>> bends = new HashMap<>();
  private final double height;

  /**
   * Lays out the tasks 0 to {@code count - 1}.
   *
   * @param edges pairs of tasks, the smaller number first
   */
  FlowLayout(int count, List<List<Integer>> edges) {
    for (int i = 0; i < count; i++) {
      tasks.add(new Vertex(1));
    }
    for (List<Integer> edge : edges) {
      Vertex.connect(tasks.get(edge.get(0)), tasks.get(edge.get(1)));
    }
    assignColumns();
    insertBends(edges);
    CrossingReduction.apply(columns);
    height = RowPlacement.apply(columns);
  }

  /** How many columns there are. */
  int columns() {
    return columns.size();
  }

  /** How many rows are needed; need not be whole. */
  double rows() {
    return height;
  }

  /** The column of a task. */
  int column(int task) {
    return tasks.get(task).column;
  }

  /** The row in which the middle of a task lies. */
  double row(int task) {
    return tasks.get(task).row;
  }

  /** Where an arrow passes columns between its ends. */
  List<Point> bends(List<Integer> edge) {
    return bends.getOrDefault(edge, List.of()).stream()
        .map(vertex -> new Point(vertex.column, vertex.row))
        .toList();
  }

  private void assignColumns() {
    for (Vertex task : tasks) {
      for (Vertex before : task.left) {
        task.column = Math.max(task.column, before.column + 1);
      }
    }
    for (int i = tasks.size() - 1; i >= 0; i--) {
      Vertex task = tasks.get(i);
      // Near its successors the arrows of a task that others need are short.
      if (task.right.size() > task.left.size()) {
        int next = Integer.MAX_VALUE;
        for (Vertex after : task.right) {
          next = Math.min(next, after.column);
        }
        task.column = next - 1;
      }
    }
    for (Vertex task : tasks) {
      put(task, task.column);
    }
  }

  private void put(Vertex vertex, int column) {
    while (columns.size() <= column) {
      columns.add(new ArrayList<>());
    }
    vertex.column = column;
    columns.get(column).add(vertex);
  }

  private void insertBends(List<List<Integer>> edges) {
    Map<Vertex, Map<Integer, Vertex>> shared = new HashMap<>();
    for (List<Integer> edge : edges) {
      Vertex from = tasks.get(edge.get(0));
      Vertex to = tasks.get(edge.get(1));
      if (to.column - from.column < 2) {
        continue;
      }
      from.right.remove(to);
      to.left.remove(from);
      Vertex hub =
          edges.stream().filter(other -> other.get(1).equals(edge.get(1))).count()
                  >= edges.stream().filter(other -> other.get(0).equals(edge.get(0))).count()
              ? to
              : from;
      List<Vertex> way = new ArrayList<>();
      Vertex last = from;
      for (int column = from.column + 1; column < to.column; column++) {
        Vertex bend = shared.computeIfAbsent(hub, key -> new HashMap<>()).get(column);
        if (bend == null) {
          bend = new Vertex(BEND_HEIGHT);
          put(bend, column);
          shared.get(hub).put(column, bend);
        }
        Vertex.connect(last, bend);
        way.add(bend);
        last = bend;
      }
      Vertex.connect(last, to);
      bends.put(edge, way);
    }
  }
}
