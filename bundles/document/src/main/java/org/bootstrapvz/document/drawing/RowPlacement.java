/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document.drawing;

import java.util.ArrayList;
import java.util.List;

/** Gives every vertex its row, near the rows of its neighbours and without overlaps. */
final class RowPlacement {
  private static final int SWEEPS = 31;

  private RowPlacement() {}

  /**
   * Places the vertices, whose order within the columns is final.
   *
   * @return the height of the whole, in rows
   */
  static double apply(List<List<Vertex>> columns) {
    for (List<Vertex> column : columns) {
      double top = 0;
      for (Vertex vertex : column) {
        vertex.row = top + vertex.height / 2;
        top += vertex.height;
      }
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean forwards = sweep % 2 == 0;
      // The last one pulls all that follows a task into its row, so that chains are straight.
      boolean balance = sweep >= SWEEPS / 4 && sweep < SWEEPS - 1;
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
    return bottom - top;
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
