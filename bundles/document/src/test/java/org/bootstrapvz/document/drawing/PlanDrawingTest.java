/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Relation;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.document.PlanDocument;
import org.bootstrapvz.document.drawing.PlanDrawing.Arrow;
import org.bootstrapvz.document.drawing.PlanDrawing.Band;
import org.bootstrapvz.document.drawing.PlanDrawing.Box;
import org.bootstrapvz.document.drawing.PlanDrawing.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class PlanDrawingTest {
  private static PlannedTask task(String id, Phase phase) {
    return new PlannedTask(id, id, phase, "Doing", "org.example", "1.0.0", List.of());
  }

  private static PlanDocument plan(List<PlannedTask> tasks, List<Relation> relations) {
    return new PlanDocument("image.yml", "kvm", List.of(), tasks, relations, List.of());
  }

  private static PlanDocument tangled(int seed) {
    Random random = new Random(seed);
    List<PlannedTask> tasks = new ArrayList<>();
    List<Relation> relations = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      tasks.add(task("t" + i, Phase.SYSTEM_MODIFICATION));
      for (int edge = 0; i > 0 && edge < random.nextInt(3); edge++) {
        relations.add(new Relation("t" + random.nextInt(i), "t" + i, "for a reason"));
      }
    }
    return plan(tasks, relations);
  }

  @Test
  void hasABandForEachPhaseWithItsTasksInTheirOrder() {
    PlanDrawing drawing =
        PlanDrawing.of(
            plan(
                List.of(
                    task("a", Phase.PREPARATION),
                    task("b", Phase.PREPARATION),
                    task("c", Phase.CLEANING)),
                List.of(new Relation("a", "b", "b needs a"))),
            4);

    assertEquals(
        new PlanDrawing(
            4,
            List.of(
                new Band(
                    "Preparation",
                    0,
                    1,
                    List.of(new Box("a", 0, 0.5), new Box("b", 1, 0.5)),
                    List.of(
                        new Arrow(
                            "a", "b", "b needs a", List.of(new Point(0, 0.5), new Point(1, 0.5))))),
                new Band("Cleaning", 2, 1, List.of(new Box("c", 0, 0.5)), List.of()))),
        drawing);
  }

  @Test
  void tasksWithoutRelationsFillTheColumns() {
    List<PlannedTask> tasks = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      tasks.add(task("t" + i, Phase.CLEANING));
    }
    Band band = PlanDrawing.of(plan(tasks, List.of()), 3).bands().get(0);

    assertEquals(3, band.rows());
    assertEquals(List.of(0, 1, 2, 0, 1, 2, 0), band.boxes().stream().map(Box::column).toList());
  }

  @Test
  void usesMoreColumnsForALongerChain() {
    PlanDocument chain =
        plan(
            List.of(
                task("a", Phase.CLEANING), task("b", Phase.CLEANING), task("c", Phase.CLEANING)),
            List.of(new Relation("a", "b", ""), new Relation("b", "c", "")));

    assertEquals(3, PlanDrawing.of(chain, 1).columns());
    assertEquals(8, PlanDrawing.of(chain, 8).columns());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void boxesDoNotOverlapAndAreAllWithinTheGrid(int seed) {
    PlanDrawing drawing = PlanDrawing.of(tangled(seed), 6);
    Band band = drawing.bands().get(0);

    for (int i = 0; i < band.boxes().size(); i++) {
      Box box = band.boxes().get(i);
      assertTrue(box.column() >= 0 && box.column() < drawing.columns(), box.toString());
      assertTrue(box.row() >= 0.5 - 1e-6 && box.row() <= band.rows() - 0.5 + 1e-6, box.toString());
      for (Box other : band.boxes().subList(i + 1, band.boxes().size())) {
        assertTrue(
            box.column() != other.column() || Math.abs(box.row() - other.row()) >= 1 - 1e-6,
            box + " overlaps " + other);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void anArrowPassesEachColumnBetweenItsEndsAndNoBox(int seed) {
    PlanDocument plan = tangled(seed);
    Band band = PlanDrawing.of(plan, 6).bands().get(0);
    Map<String, Box> boxes =
        band.boxes().stream().collect(Collectors.toMap(Box::task, Function.identity()));

    assertEquals(
        plan.relations().stream()
            .map(r -> r.before() + ">" + r.after())
            .distinct()
            .sorted()
            .toList(),
        band.arrows().stream().map(a -> a.before() + ">" + a.after()).sorted().toList());
    for (Arrow arrow : band.arrows()) {
      List<Point> path = arrow.path();
      Box first = boxes.get(arrow.before());
      Box last = boxes.get(arrow.after());
      assertEquals(new Point(first.column(), first.row()), path.get(0));
      assertEquals(new Point(last.column(), last.row()), path.get(path.size() - 1));
      for (int i = 1; i < path.size(); i++) {
        assertEquals(path.get(i - 1).column() + 1, path.get(i).column(), arrow.toString());
      }
      for (Point bend : path.subList(1, path.size() - 1)) {
        for (Box box : band.boxes()) {
          assertTrue(
              box.column() != bend.column() || Math.abs(box.row() - bend.row()) > 0.6,
              arrow + " crosses " + box);
        }
      }
    }
  }

  @Test
  void givesTheSameDrawingForTheSamePlan() {
    assertEquals(PlanDrawing.of(tangled(7), 5), PlanDrawing.of(tangled(7), 5));
  }

  @Test
  void anEmptyPlanHasNoBands() {
    assertEquals(new PlanDrawing(6, List.of()), PlanDrawing.of(plan(List.of(), List.of()), 6));
  }

  @Test
  void canBeWrittenAsJsonAndReadBack() {
    PlanDrawing drawing = PlanDrawing.of(tangled(3), 6);

    assertEquals(drawing, JsonMapper.shared().readValue(drawing.json(), PlanDrawing.class));
    assertTrue(drawing.json().startsWith("{\"columns\":"), drawing.json().substring(0, 40));
  }
}
