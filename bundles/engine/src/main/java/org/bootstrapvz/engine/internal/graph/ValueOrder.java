/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.engine.internal.graph.Finding.Kind;
import org.bootstrapvz.engine.internal.registry.TaskInfo;

/**
 * Adds the edges between tasks that provide a type of values and tasks that require or collect it.
 * Only chosen tasks provide and receive values.
 */
final class ValueOrder {
  private final Vertices vertices;
  private final OrderGraph.Builder edges;
  private final List<Finding> findings;
  private final Map<TypeInPhase, Integer> nodes = new HashMap<>();
  private final Map<String, List<Integer>> providers = new HashMap<>();

  private record TypeInPhase(String type, Phase phase) {}

  /**
   * @param findings receives the errors and warnings
   */
  ValueOrder(Vertices vertices, OrderGraph.Builder edges, List<Finding> findings) {
    this.vertices = vertices;
    this.edges = edges;
    this.findings = findings;
  }

  void add() {
    vertices.chosen().forEach(this::addProvided);
    vertices
        .chosen()
        .forEach(vertex -> vertices.task(vertex).taken().forEach(type -> addTaken(vertex, type)));
  }

  private void addProvided(int vertex) {
    for (String type : vertices.task(vertex).provides()) {
      int node =
          nodes.computeIfAbsent(
              new TypeInPhase(type, vertices.phase(vertex)), key -> vertices.addValueType(type));
      edges.add(vertex, node, Origin.VALUE);
      providers.computeIfAbsent(type, key -> new ArrayList<>()).add(vertex);
    }
  }

  private void addTaken(int vertex, String type) {
    TaskInfo task = vertices.task(vertex);
    List<TaskInfo> providing =
        providers.getOrDefault(type, List.of()).stream().map(vertices::task).toList();
    Optional<TaskInfo> tooLate =
        providing.stream()
            .max(Comparator.comparing(TaskInfo::phase))
            .filter(latest -> latest.phase().compareTo(task.phase()) > 0);
    Integer node = nodes.get(new TypeInPhase(type, task.phase()));
    if (task.provides().contains(type)) {
      findings.add(providedToItself(task, type));
    } else if (task.requires().contains(type) && providing.size() > 1) {
      findings.add(providedTwice(task, type, providing));
    } else if (tooLate.isPresent()) {
      findings.add(providedTooLate(task, type, tooLate.get()));
    } else if (node != null) {
      edges.add(node, vertex, Origin.VALUE);
    } else if (providing.isEmpty() && task.needs(type)) {
      findings.add(notProvided(task, type));
    }
  }

  /** How a task declares that it takes values of a type. */
  static String verb(TaskInfo task, String type) {
    return task.requires().contains(type) ? "requires" : "collects";
  }

  private static Finding providedToItself(TaskInfo task, String type) {
    return new Finding(
        Kind.SELF_LOOP,
        Severity.ERROR,
        List.of(task),
        "The task " + task.described() + " both provides and " + verb(task, type) + " " + type,
        "Let it provide the changed value as another type");
  }

  private static Finding providedTwice(TaskInfo task, String type, List<TaskInfo> providing) {
    List<TaskInfo> concerned = new ArrayList<>(List.of(task));
    concerned.addAll(providing);
    return new Finding(
        Kind.PROVIDED_TWICE,
        Severity.ERROR,
        concerned,
        "The task "
            + task.described()
            + " requires exactly one provider of "
            + type
            + ", but "
            + providing.size()
            + " tasks of the plan provide it: "
            + String.join(", ", providing.stream().map(TaskInfo::described).toList()),
        "Discard all of them but one, or declare the type with \"collectsAtLeastOne\" if the task"
            + " can use several values");
  }

  private static Finding providedTooLate(TaskInfo task, String type, TaskInfo provider) {
    return new Finding(
        Kind.CONTRADICTION,
        Severity.ERROR,
        List.of(task, provider),
        "The task "
            + task.described()
            + " "
            + verb(task, type)
            + " "
            + type
            + ", which is provided too late by "
            + provider.described(),
        "Move one of the two tasks to another phase");
  }

  private Finding notProvided(TaskInfo task, String type) {
    List<String> offering =
        vertices.tasks().stream()
            .filter(other -> other.provides().contains(type))
            .map(TaskInfo::described)
            .toList();
    return new Finding(
        Kind.NOT_PROVIDED,
        Severity.ERROR,
        List.of(task),
        "The task "
            + task.described()
            + " "
            + verb(task, type)
            + " "
            + type
            + ", which no task of the plan provides",
        offering.isEmpty()
            ? "No installed bundle has a task that provides it"
            : "It is provided by " + String.join(", ", offering));
  }
}
