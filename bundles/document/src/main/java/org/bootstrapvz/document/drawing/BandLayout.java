/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document.drawing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bootstrapvz.document.drawing.PlanDrawing.Point;

/**
 * Lays out the tasks of a phase on a grid: groups of tasks that are ordered among each other as
 * blocks, the others in the free cells.
 */
final class BandLayout {
  private record Block(List<Integer> tasks, List<List<Integer>> edges, FlowLayout flow) {
    int columns() {
      return flow.columns();
    }

    int rows() {
      return (int) Math.ceil(flow.rows() - 1e-6);
    }

    List<Integer> local(List<Integer> edge) {
      return List.of(tasks.indexOf(edge.get(0)), tasks.indexOf(edge.get(1)));
    }
  }

  private final List<Block> blocks = new ArrayList<>();
  private final Map<Integer, Point> tasks = new LinkedHashMap<>();
  private final Map<List<Integer>, List<Point>> bends = new LinkedHashMap<>();
  private int rows;

  /**
   * Finds the blocks; {@link #place} must follow.
   *
   * @param count number of tasks, in the order in which they run
   * @param edges pairs of tasks, the smaller number first
   */
  BandLayout(int count, List<List<Integer>> edges) {
    int[] group = new int[count];
    for (int i = 0; i < count; i++) {
      group[i] = i;
    }
    for (List<Integer> edge : edges) {
      int from = group[edge.get(0)];
      int to = group[edge.get(1)];
      for (int i = 0; i < count; i++) {
        group[i] = group[i] == to ? from : group[i];
      }
    }
    for (int first = 0; first < count; first++) {
      List<Integer> members = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        if (group[i] == first) {
          members.add(i);
        }
      }
      if (!members.isEmpty()) {
        List<List<Integer>> inside =
            edges.stream().filter(edge -> members.contains(edge.get(0))).toList();
        List<List<Integer>> local =
            inside.stream()
                .map(e -> List.of(members.indexOf(e.get(0)), members.indexOf(e.get(1))))
                .toList();
        blocks.add(new Block(members, inside, new FlowLayout(members.size(), local)));
      }
    }
    // The tall ones first; the small ones fill the gaps. The sort keeps the order of the plan.
    blocks.sort(Comparator.comparing(block -> -block.rows() * 100 - block.columns()));
  }

  /** The fewest columns that will do. */
  int columns() {
    return blocks.stream().mapToInt(Block::columns).max().orElse(1);
  }

  /** Puts each block where it fits first, row by row, into a grid of that many columns. */
  void place(int columns) {
    Set<List<Integer>> taken = new HashSet<>();
    for (Block block : blocks) {
      int cell = 0;
      while (!fits(block, cell % columns, cell / columns, columns, taken)) {
        cell++;
      }
      put(block, cell % columns, cell / columns, taken);
    }
  }

  /** The number of rows. */
  int rows() {
    return rows;
  }

  /** The middle of each task. */
  Map<Integer, Point> tasks() {
    return tasks;
  }

  /** For each edge the points between its ends at which it passes a column. */
  Map<List<Integer>, List<Point>> bends() {
    return bends;
  }

  private static boolean fits(
      Block block, int column, int row, int columns, Set<List<Integer>> taken) {
    if (column + block.columns() > columns) {
      return false;
    }
    for (int x = 0; x < block.columns(); x++) {
      for (int y = 0; y < block.rows(); y++) {
        if (taken.contains(List.of(column + x, row + y))) {
          return false;
        }
      }
    }
    return true;
  }

  private void put(Block block, int column, int row, Set<List<Integer>> taken) {
    for (int x = 0; x < block.columns(); x++) {
      for (int y = 0; y < block.rows(); y++) {
        taken.add(List.of(column + x, row + y));
      }
    }
    FlowLayout flow = block.flow();
    double top = row + (block.rows() - flow.rows()) / 2;
    for (int i = 0; i < block.tasks().size(); i++) {
      tasks.put(block.tasks().get(i), new Point(column + flow.column(i), top + flow.row(i)));
    }
    for (List<Integer> edge : block.edges()) {
      bends.put(
          edge,
          flow.bends(block.local(edge)).stream()
              .map(bend -> new Point(column + bend.column(), top + bend.row()))
              .toList());
    }
    rows = Math.max(rows, row + block.rows());
  }
}
