/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document.drawing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Orders the vertices within their columns so that few arrows cross, by the barycenter heuristic:
 * sweeps forwards and backwards sort each column by the mean place of the neighbours in the column
 * before it, and the best order seen is kept.
 */
final class CrossingReduction {
  private static final int SWEEPS = 12;

  private final List<List<Vertex>> columns;

  private CrossingReduction(List<List<Vertex>> columns) {
    this.columns = columns;
  }

  /** Orders the columns in place and numbers the vertices. */
  static void apply(List<List<Vertex>> columns) {
    new CrossingReduction(columns).order();
  }

  private void order() {
    columns.forEach(CrossingReduction::number);
    List<List<Vertex>> best = copy();
    int fewest = crossings();
    for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
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
}
