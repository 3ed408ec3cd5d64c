/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.engine.internal.registry.TaskInfo;

/**
 * The vertices of the graph: from 0 the tasks, sorted by id; below 0 the barriers between phases;
 * below these the types of values, each once per phase that provides it.
 */
final class Vertices {
  /** The number of phases. There is one barrier less. */
  static final int PHASES = Phase.values().length;

  private final List<TaskInfo> tasks;
  private final Map<String, Integer> byId;
  private final BitSet chosen;
  private final List<String> valueTypes = new ArrayList<>();

  Vertices(Collection<TaskInfo> registered, Set<String> chosenIds) {
    tasks = registered.stream().sorted(Comparator.comparing(TaskInfo::id)).toList();
    byId = new HashMap<>(tasks.size() * 2);
    chosen = new BitSet(tasks.size());
    for (int vertex = 0; vertex < tasks.size(); vertex++) {
      String id = tasks.get(vertex).id();
      byId.put(id, vertex);
      chosen.set(vertex, chosenIds.contains(id));
    }
  }

  List<TaskInfo> tasks() {
    return tasks;
  }

  TaskInfo task(int vertex) {
    return tasks.get(vertex);
  }

  Phase phase(int vertex) {
    return tasks.get(vertex).phase();
  }

  Optional<Integer> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  static boolean isTask(int vertex) {
    return vertex >= 0;
  }

  boolean isChosenTask(int vertex) {
    return isTask(vertex) && chosen.get(vertex);
  }

  IntStream chosen() {
    return chosen.stream();
  }

  /** The barrier before a phase, which is counted from 0; the first phase has none. */
  static int barrierBefore(int phase) {
    return -phase;
  }

  /** Adds a vertex for a type of values in one phase. */
  int addValueType(String type) {
    valueTypes.add(type);
    return lowest();
  }

  String valueType(int vertex) {
    return valueTypes.get(-vertex - PHASES);
  }

  int lowest() {
    return -(PHASES - 1) - valueTypes.size();
  }
}
