/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.engine.internal.plan.TaskValues;

/** The values that the tasks of a build pass to each other. Used by the thread of the build. */
final class Values {
  private final Map<Class<?>, List<Object>> values = new HashMap<>();

  private <T> List<T> of(Class<T> type) {
    return values.getOrDefault(type, List.of()).stream().<T>map(type::cast).toList();
  }

  /** Adds a value that comes from the engine and not from a task. */
  <T> void add(Class<T> type, T value) {
    values
        .computeIfAbsent(type, key -> new ArrayList<>())
        .add(type.cast(Objects.requireNonNull(value)));
  }

  /** Returns the view of the values for a task. */
  View of(PlannedTask task, TaskValues declared) {
    return new View(task, declared);
  }

  /** The view for one task: only the types that its definition declares. */
  final class View {
    private final PlannedTask task;
    private final TaskValues declared;

    private View(PlannedTask task, TaskValues declared) {
      this.task = task;
      this.declared = declared;
    }

    /** Returns the only value of a type, which need not be declared. */
    <T> T one(Class<T> type) {
      List<T> found = of(type);
      if (found.size() != 1) {
        throw new IllegalStateException(
            "Task "
                + task.name()
                + " needs one value of type "
                + type.getName()
                + ", but earlier tasks provided "
                + (found.isEmpty() ? "none" : found.size()));
      }
      return found.get(0);
    }

    /** Returns the value of a type that was provided last, which need not be declared. */
    <T> Optional<T> last(Class<T> type) {
      return of(type).stream().reduce((first, second) -> second);
    }

    <T> T require(Class<T> type) {
      if (!declared.requires().contains(type.getName())) {
        throw undeclared("reads the value", "requires", type);
      }
      return one(type);
    }

    <T> List<T> all(Class<T> type) {
      if (!declared.collects().contains(type.getName())) {
        throw undeclared("reads the values", "collects", type);
      }
      return of(type);
    }

    <T> void provide(Class<T> type, T value) {
      if (!declared.provides().contains(type.getName())) {
        throw undeclared("provides a value", "provides", type);
      }
      add(type, value);
    }

    private IllegalStateException undeclared(String does, String member, Class<?> type) {
      return new IllegalStateException(
          "Task "
              + task.name()
              + " "
              + does
              + " of type "
              + type.getName()
              + ", which its @TaskDefinition does not declare; add "
              + member
              + " = "
              + type.getSimpleName()
              + ".class");
    }
  }
}
