/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document.drawing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays out tasks that are ordered among each other: those that come first at the left, each in the
 * column after its predecessors. The layered method of Sugiyama, Tagawa and Toda: columns, bends
 * where an arrow passes a column, an order within the columns with few crossings, and positions
 * near those of the neighbours. Arrows that share an end share their bends.
 */
final class FlowLayout {
  /** A point on the way of an arrow: it crosses this column at this height. */
  record Bend(int column, double row) {}

  private static final int ORDER_SWEEPS = 12;
  private static final int ROW_SWEEPS = 31;
  private static final double BEND_HEIGHT = 0.3;

  private static final class Vertex {
    final double height;
    final List<Vertex> left = new ArrayList<>();
    final List<Vertex> right = new ArrayList<>();
    int column;
    int place;
    double row;

    Vertex(double height) {
      this.height = height;
    }
  }

  private final List<Vertex> tasks = new ArrayList<>();
  private final List<List<Vertex>> columns = new ArrayList<>();
  private final Map<List<Integer>, List<Vertex>> bends = new HashMap<>();
  private double height;

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
      connect(tasks.get(edge.get(0)), tasks.get(edge.get(1)));
    }
    assignColumns();
    insertBends(edges);
    orderWithinColumns();
    placeRows();
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
  List<Bend> bends(List<Integer> edge) {
    return bends.getOrDefault(edge, List.of()).stream()
        .map(vertex -> new Bend(vertex.column, vertex.row))
        .toList();
  }

  private static void connect(Vertex left, Vertex right) {
    if (!left.right.contains(right)) {
      left.right.add(right);
      right.left.add(left);
    }
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
        connect(last, bend);
        way.add(bend);
        last = bend;
      }
      connect(last, to);
      bends.put(edge, way);
    }
  }

  private void orderWithinColumns() {
    columns.forEach(FlowLayout::number);
    List<List<Vertex>> best = copy();
    int fewest = crossings();
    for (int sweep = 0; sweep < ORDER_SWEEPS && fewest > 0; sweep++) {
      boolean forwards = sweep % 2 == 0;
      for (int i = 1; i < columns.size(); i++) {
        List<Vertex> column = columns.get(forwards ? i : columns.size() - 1 - i);
        Map<Vertex, Double> wish = new HashMap<>();
        for (Vertex vertex : column) {
          wish.put(vertex, meanPlace(forwards ? vertex.left : vertex.right, vertex.place));
        }
        column.sort(Comparator.comparing(wish::get));
        number(column);
      }
      int crossings = crossings();
      if (crossings < fewest) {
        fewest = crossings;
        best = copy();
      }
    }
    for (int i = 0; i < columns.size(); i++) {
      columns.set(i, best.get(i));
      number(best.get(i));
    }
  }

  private List<List<Vertex>> copy() {
    List<List<Vertex>> copy = new ArrayList<>();
    columns.forEach(column -> copy.add(new ArrayList<>(column)));
    return copy;
  }

  private static void number(List<Vertex> column) {
    for (int i = 0; i < column.size(); i++) {
      column.get(i).place = i;
    }
  }

  private static double meanPlace(List<Vertex> neighbours, double otherwise) {
    return neighbours.stream().mapToDouble(vertex -> vertex.place).average().orElse(otherwise);
  }

  private int crossings() {
    int crossings = 0;
    for (List<Vertex> column : columns) {
      for (Vertex upper : column) {
        for (Vertex lower : column.subList(upper.place + 1, column.size())) {
          for (Vertex a : upper.right) {
            for (Vertex b : lower.right) {
              crossings += a.place > b.place ? 1 : 0;
            }
          }
        }
      }
    }
    return crossings;
  }

  private void placeRows() {
    for (List<Vertex> column : columns) {
      double top = 0;
      for (Vertex vertex : column) {
        vertex.row = top + vertex.height / 2;
        top += vertex.height;
      }
    }
    for (int sweep = 0; sweep < ROW_SWEEPS; sweep++) {
      boolean forwards = sweep % 2 == 0;
      // The last one pulls all that follows a task into its row, so that chains are straight.
      boolean balance = sweep >= ROW_SWEEPS / 4 && sweep < ROW_SWEEPS - 1;
      for (int i = 0; i < columns.size(); i++) {
        List<Vertex> column = columns.get(forwards ? i : columns.size() - 1 - i);
        double[] wishes = new double[column.size()];
        for (int j = 0; j < wishes.length; j++) {
          Vertex vertex = column.get(j);
          List<Vertex> neighbours = new ArrayList<>(forwards ? vertex.left : vertex.right);
          if (balance) {
            neighbours.addAll(forwards ? vertex.right : vertex.left);
          }
          wishes[j] = neighbours.stream().mapToDouble(v -> v.row).average().orElse(vertex.row);
        }
        placeNear(column, wishes);
      }
    }
    double top = Double.POSITIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (List<Vertex> column : columns) {
      for (Vertex vertex : column) {
        top = Math.min(top, vertex.row - vertex.height / 2);
        bottom = Math.max(bottom, vertex.row + vertex.height / 2);
      }
    }
    for (List<Vertex> column : columns) {
      for (Vertex vertex : column) {
        vertex.row -= top;
      }
    }
    height = bottom - top;
  }

  /**
   * Places the vertices of a column as near to their wishes as their heights allow (least squares):
   * neighbours that would overlap move as one block to the mean of their wishes.
   */
  private static void placeNear(List<Vertex> column, double[] wishes) {
    int count = wishes.length;
    double[] offsets = new double[count];
    for (int i = 1; i < count; i++) {
      offsets[i] = offsets[i - 1] + (column.get(i - 1).height + column.get(i).height) / 2;
    }
    double[] sums = new double[count];
    int[] sizes = new int[count];
    int blocks = 0;
    for (int i = 0; i < count; i++) {
      sums[blocks] = wishes[i] - offsets[i];
      sizes[blocks] = 1;
      while (blocks > 0 && sums[blocks - 1] / sizes[blocks - 1] >= sums[blocks] / sizes[blocks]) {
        sums[blocks - 1] += sums[blocks];
        sizes[blocks - 1] += sizes[blocks];
        blocks--;
      }
      blocks++;
    }
    int vertex = 0;
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < sizes[block]; i++, vertex++) {
        column.get(vertex).row = sums[block] / sizes[block] + offsets[vertex];
      }
    }
  }
}
