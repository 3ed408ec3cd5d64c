/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.TaskDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of a component of a bundle.
 *
 * @param implementation name of its class; for a task, this is its id
 * @param services names of the interfaces it is registered with
 * @param properties its service properties, each a list of texts
 */
public record Declared(
    String implementation, List<String> services, Map<String, List<String>> properties) {
  /** A declaration with immutable copies of services and properties. */
  public Declared {
    services = List.copyOf(services);
    properties = Map.copyOf(properties);
  }

  /** The values of a property of {@link TaskDefinition}. */
  public List<String> ofTask(String property) {
    return properties.getOrDefault(TaskDefinition.PREFIX_ + property, List.of());
  }

  /** The errors in the declaration of a task; empty if there are none. */
  public List<String> problemsOfTask() {
    List<String> problems = new ArrayList<>();
    String description = String.join("", ofTask("description"));
    if (description.isBlank() || description.endsWith(".")) {
      problems.add(implementation + ": \"" + description + "\" is not a short description");
    }
    if (!phases().contains(String.join("", ofTask("phase")))) {
      problems.add(implementation + ": there is no phase " + ofTask("phase"));
    }
    for (String command : ofTask("commands")) {
      try {
        HostCommand.parse(command);
      } catch (IllegalArgumentException e) {
        problems.add(implementation + ": " + e.getMessage());
      }
    }
    return problems;
  }

  private static List<String> phases() {
    return Arrays.stream(Phase.values()).map(Phase::name).toList();
  }

  private int phase() {
    return phases().indexOf(String.join("", ofTask("phase")));
  }

  /**
   * Sorts tasks by all orders that they declare; ties are broken by phase and name.
   *
   * @param problems receives cycles, and orders that contradict the phases
   */
  public static List<Declared> inOrder(List<Declared> tasks, List<String> problems) {
    Map<String, Declared> waiting = new TreeMap<>();
    tasks.forEach(task -> waiting.put(task.phase() + " " + task.implementation(), task));
    Map<Declared, List<Declared>> earlier = new LinkedHashMap<>();
    Map<String, Declared> byId =
        tasks.stream().collect(Collectors.toMap(Declared::implementation, Function.identity()));
    tasks.forEach(task -> earlier.put(task, new ArrayList<>()));
    for (Declared task : tasks) {
      for (String id : both(task, "predecessors", "after")) {
        relate(byId.get(id), task, earlier, problems);
      }
      for (String id : both(task, "successors", "before")) {
        relate(task, byId.get(id), earlier, problems);
      }
      for (Declared other : tasks) {
        if (other.taken().stream().anyMatch(task.ofTask("provides")::contains) && other != task) {
          relate(task, other, earlier, problems);
        }
      }
    }
    List<Declared> order = new ArrayList<>();
    while (!waiting.isEmpty()) {
      String next =
          waiting.entrySet().stream()
              .filter(entry -> order.containsAll(earlier.get(entry.getValue())))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElse(null);
      if (next == null) {
        problems.add(
            "These tasks order themselves in a circle: "
                + waiting.values().stream()
                    .map(Declared::implementation)
                    .collect(Collectors.joining(", ")));
        order.addAll(waiting.values());
        break;
      }
      order.add(waiting.remove(next));
    }
    return order;
  }

  private List<String> taken() {
    List<String> all = both(this, "requires", "collects");
    all.addAll(ofTask("collectsAtLeastOne"));
    return all;
  }

  private static List<String> both(Declared task, String one, String other) {
    List<String> all = new ArrayList<>(task.ofTask(one));
    all.addAll(task.ofTask(other));
    return all;
  }

  private static void relate(
      @Nullable Declared before,
      @Nullable Declared after,
      Map<Declared, List<Declared>> earlier,
      List<String> problems) {
    if (before == null || after == null) {
      return;
    }
    if (before.phase() > after.phase()) {
      problems.add(
          before.implementation()
              + " must run before "
              + after.implementation()
              + ", but its phase comes later");
      return;
    }
    Objects.requireNonNull(earlier.get(after)).add(before);
  }
}
