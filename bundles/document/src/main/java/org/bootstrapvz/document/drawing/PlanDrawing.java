/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document.drawing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Relation;
import org.bootstrapvz.document.PlanDocument;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where everything goes in the picture of a plan: a band for each phase from top to bottom, in it a
 * box for each task and an arrow from left to right for each relation. Immutable.
 *
 * <p>All positions are cells of a grid, so that whoever draws chooses the sizes: a box lies in one
 * column, and its middle is at a row, which need not be whole ({@code 0.5} is the middle of the
 * first row of a band). Boxes are one row high and do not overlap. An arrow leaves the right side
 * of its first box and ends at the left side of its last; in each column between them it passes
 * horizontally at the row of its path, where it crosses no box.
 *
 * <p>{@link #json} writes it for a program that draws, for example:
 *
 * <pre>{@code
 * {
 *   "columns": 6,
 *   "bands": [
 *     {"phase": "Preparation", "firstTask": 0, "rows": 2,
 *      "boxes": [{"task": "<id>", "column": 0, "row": 0.5}],
 *      "arrows": [
 *        {"before": "<id>", "after": "<id>", "reason": "…",
 *         "path": [{"column": 0, "row": 0.5}, {"column": 1, "row": 1.2}, {"column": 2, "row": 0.5}]}
 *      ]}]
 * }
 * }</pre>
 *
 * @param columns how many columns the grid has
 * @param bands a band for each phase that has tasks, in their order
 */
public record PlanDrawing(int columns, List<Band> bands) {

  /** Copies the list. */
  public PlanDrawing {
    bands = List.copyOf(bands);
  }

  /**
   * A phase.
   *
   * @param phase its title
   * @param firstTask place of its first task in the task list, counted from 0
   * @param rows height of the band
   * @param boxes its tasks, in the order of the task list
   * @param arrows the relations between its tasks
   */
  public record Band(String phase, int firstTask, int rows, List<Box> boxes, List<Arrow> arrows) {
    /** Copies the lists. */
    public Band {
      boxes = List.copyOf(boxes);
      arrows = List.copyOf(arrows);
    }
  }

  /**
   * A task.
   *
   * @param task its id
   * @param column counted from 0
   * @param row the row of its middle
   */
  public record Box(String task, int column, double row) {}

  /**
   * A relation.
   *
   * @param before id of the task that runs first
   * @param after id of the task that runs later
   * @param reason why
   * @param path the box of {@code before}, the point in each column between, the box of {@code
   *     after}
   */
  public record Arrow(String before, String after, String reason, List<Point> path) {
    /** Copies the list. */
    public Arrow {
      path = List.copyOf(path);
    }
  }

  /**
   * A point on the way of an arrow.
   *
   * @param column counted from 0
   * @param row the row at which the arrow passes the column
   */
  public record Point(int column, double row) {}

  /** The tasks and relations of a phase, before they have a place. */
  private record Content(
      String phase, int firstTask, List<String> tasks, Map<List<Integer>, Relation> relations) {
    static Content of(PlanDocument plan, int first, int end) {
      Map<String, Integer> places = new LinkedHashMap<>();
      for (PlannedTask task : plan.tasks().subList(first, end)) {
        places.put(task.id(), places.size());
      }
      Map<List<Integer>, Relation> relations = new LinkedHashMap<>();
      for (Relation relation : plan.relations()) {
        Integer before = places.get(relation.before());
        Integer after = places.get(relation.after());
        if (before != null && after != null) {
          relations.put(List.of(before, after), relation);
        }
      }
      return new Content(
          plan.tasks().get(first).phase().title(), first, List.copyOf(places.keySet()), relations);
    }
  }

  /**
   * Lays out a plan. The same plan and the same number of columns always give the same drawing.
   *
   * @param columns how many columns to use; the drawing has more if the longest chain of relations
   *     needs them
   */
  public static PlanDrawing of(PlanDocument plan, int columns) {
    Map<Content, BandLayout> layouts = new LinkedHashMap<>();
    int needed = columns;
    int first = 0;
    while (first < plan.tasks().size()) {
      int end = first;
      while (end < plan.tasks().size()
          && plan.tasks().get(end).phase() == plan.tasks().get(first).phase()) {
        end++;
      }
      Content content = Content.of(plan, first, end);
      BandLayout layout =
          new BandLayout(content.tasks().size(), List.copyOf(content.relations().keySet()));
      layouts.put(content, layout);
      needed = Math.max(needed, layout.columns());
      first = end;
    }
    List<Band> bands = new ArrayList<>();
    for (Map.Entry<Content, BandLayout> entry : layouts.entrySet()) {
      entry.getValue().place(needed);
      bands.add(band(entry.getKey(), entry.getValue()));
    }
    return new PlanDrawing(needed, bands);
  }

  private static Band band(Content content, BandLayout layout) {
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < content.tasks().size(); i++) {
      Point place = Objects.requireNonNull(layout.tasks().get(i));
      boxes.add(new Box(content.tasks().get(i), place.column(), place.row()));
    }
    List<Arrow> arrows = new ArrayList<>();
    content
        .relations()
        .forEach(
            (edge, relation) -> {
              List<Point> path = new ArrayList<>();
              path.add(layout.tasks().get(edge.get(0)));
              path.addAll(layout.bends().get(edge));
              path.add(layout.tasks().get(edge.get(1)));
              arrows.add(new Arrow(relation.before(), relation.after(), relation.reason(), path));
            });
    return new Band(content.phase(), content.firstTask(), layout.rows(), boxes, arrows);
  }

  /** Returns the drawing as JSON on one line. */
  public String json() {
    return JsonMapper.shared().writeValueAsString(this);
  }
}
