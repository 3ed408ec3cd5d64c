/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.engine.internal.graph.Finding.Kind;
import org.bootstrapvz.engine.internal.registry.TaskInfo;

/** Adds the edges of phases and of the relations that tasks declare by id. */
final class DeclaredOrder {
  private final Vertices vertices;
  private final Map<String, String> broken;
  private final OrderGraph.Builder edges;
  private final List<Finding> findings;

  /**
   * @param broken ids of tasks with invalid properties, with the defect of each
   * @param findings receives the errors and warnings
   */
  DeclaredOrder(
      Vertices vertices,
      Map<String, String> broken,
      OrderGraph.Builder edges,
      List<Finding> findings) {
    this.vertices = vertices;
    this.broken = broken;
    this.edges = edges;
    this.findings = findings;
  }

  void add() {
    addPhases();
    for (int vertex = 0; vertex < vertices.tasks().size(); vertex++) {
      addRelations(vertex);
    }
  }

  private void addPhases() {
    for (int phase = 2; phase < Vertices.PHASES; phase++) {
      edges.add(Vertices.barrierBefore(phase - 1), Vertices.barrierBefore(phase), Origin.PHASE);
    }
    for (int vertex = 0; vertex < vertices.tasks().size(); vertex++) {
      int phase = vertices.phase(vertex).ordinal();
      if (phase > 0) {
        edges.add(Vertices.barrierBefore(phase), vertex, Origin.PHASE);
      }
      if (phase + 1 < Vertices.PHASES) {
        edges.add(vertex, Vertices.barrierBefore(phase + 1), Origin.PHASE);
      }
    }
  }

  private void addRelations(int vertex) {
    TaskInfo task = vertices.task(vertex);
    task.predecessors().forEach(id -> addRelation(vertex, id, Origin.DECLARED_BY_LATER, true));
    task.after().forEach(id -> addRelation(vertex, id, Origin.DECLARED_BY_LATER, false));
    task.successors().forEach(id -> addRelation(vertex, id, Origin.DECLARED_BY_EARLIER, true));
    task.before().forEach(id -> addRelation(vertex, id, Origin.DECLARED_BY_EARLIER, false));
  }

  private void addRelation(int declaring, String id, Origin origin, boolean mustExist) {
    Optional<Integer> named = vertices.find(id);
    if (named.isPresent()) {
      addRelation(declaring, named.get(), origin);
    } else if (mustExist) {
      findings.add(unknownTask(declaring, id, origin));
    }
  }

  private void addRelation(int declaring, int named, Origin origin) {
    if (named == declaring) {
      findings.add(selfLoop(declaring, origin));
      return;
    }
    int earlier = origin == Origin.DECLARED_BY_LATER ? named : declaring;
    int later = origin == Origin.DECLARED_BY_LATER ? declaring : named;
    int phases = vertices.phase(earlier).compareTo(vertices.phase(later));
    if (phases == 0) {
      edges.add(earlier, later, origin);
    } else if (phases > 0) {
      findings.add(contradiction(declaring, named, origin));
    } else if (vertices.isChosenTask(declaring) && vertices.isChosenTask(named)) {
      findings.add(redundant(declaring, named, origin));
    }
  }

  /** An invalid declaration of a task that was not chosen does not fail the plans of others. */
  private Severity severity(int declaring) {
    return vertices.isChosenTask(declaring) ? Severity.ERROR : Severity.WARNING;
  }

  private Finding unknownTask(int declaring, String id, Origin origin) {
    String defect = broken.get(id);
    return new Finding(
        Kind.UNKNOWN_TASK,
        severity(declaring),
        List.of(vertices.task(declaring)),
        declares(declaring, origin)
            + id
            + (defect == null ? ", which no installed bundle provides" : ", a task that " + defect),
        "Install the bundle that provides it, or declare the relation with \""
            + word(origin)
            + "\" if it applies only where that task exists");
  }

  private Finding selfLoop(int declaring, Origin origin) {
    return new Finding(
        Kind.SELF_LOOP,
        severity(declaring),
        List.of(vertices.task(declaring)),
        declares(declaring, origin) + "itself",
        "Remove the relation");
  }

  private Finding contradiction(int declaring, int named, Origin origin) {
    TaskInfo other = vertices.task(named);
    return new Finding(
        Kind.CONTRADICTION,
        severity(declaring),
        List.of(vertices.task(declaring), other),
        declares(declaring, origin)
            + other.described()
            + ", but its phase comes "
            + (origin == Origin.DECLARED_BY_LATER ? "before" : "after")
            + " that one",
        "Remove the relation, or move one of the two tasks to another phase");
  }

  private Finding redundant(int declaring, int named, Origin origin) {
    TaskInfo other = vertices.task(named);
    return new Finding(
        Kind.REDUNDANT,
        Severity.WARNING,
        List.of(vertices.task(declaring), other),
        declares(declaring, origin) + other.described() + ", which their phases already imply",
        "Remove the relation");
  }

  private String declares(int declaring, Origin origin) {
    return "The task "
        + vertices.task(declaring).described()
        + " is declared "
        + word(origin)
        + " ";
  }

  private static String word(Origin origin) {
    return origin == Origin.DECLARED_BY_LATER ? "after" : "before";
  }
}
