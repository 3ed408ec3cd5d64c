/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.TaskDefinition;

/** Reads the service properties of a task. */
final class TaskProperties {
  private final Function<String, Object> properties;

  private TaskProperties(Function<String, Object> properties) {
    this.properties = properties;
  }

  /**
   * The task that the properties describe.
   *
   * @throws IllegalArgumentException if they are wrong; the message says what, as the end of a
   *     sentence that begins with the task
   */
  static TaskInfo parse(String id, OwnerBundle bundle, Function<String, Object> properties) {
    TaskProperties task = new TaskProperties(properties);
    return new TaskInfo(
        id,
        shortName(id, bundle.symbolicName()),
        bundle,
        task.phase(),
        task.text("description"),
        task.texts("predecessors"),
        task.texts("successors"),
        task.texts("after"),
        task.texts("before"),
        task.texts("requires"),
        task.texts("collects"),
        task.texts("collectsAtLeastOne"),
        task.texts("provides"),
        task.commands());
  }

  /**
   * The part of an id after the package its bundle is named for; of an id that lies elsewhere the
   * last two segments. Segments that only say that a package is not exported do not count.
   */
  static String shortName(String id, String symbolicName) {
    String owner = symbolicName.replace('-', '_') + ".";
    boolean own = id.startsWith(owner);
    List<String> segments =
        Arrays.stream((own ? id.substring(owner.length()) : id).split("\\."))
            .filter(segment -> !segment.equals("internal"))
            .toList();
    return String.join(
        ".", own ? segments : segments.subList(Math.max(0, segments.size() - 2), segments.size()));
  }

  private Phase phase() {
    String name = text("phase");
    try {
      return Phase.valueOf(name);
    } catch (IllegalArgumentException e) {
      List<String> phases = Arrays.stream(Phase.values()).map(Enum::name).toList();
      throw new IllegalArgumentException(
          "is of the unknown phase \""
              + name
              + "\""
              + Suggestion.nearest(name, phases)
                  .map(phase -> "; did it mean " + phase + "?")
                  .orElse("; phases are " + String.join(", ", phases)),
          e);
    }
  }

  private List<HostCommand> commands() {
    List<HostCommand> commands = new ArrayList<>();
    for (String notation : texts("commands")) {
      try {
        commands.add(HostCommand.parse(notation));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "names the host command \""
                + notation
                + "\", which is not written \"command (package)\"",
            e);
      }
    }
    return List.copyOf(commands);
  }

  private String text(String name) {
    Object value = properties.apply(TaskDefinition.PREFIX_ + name);
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "lacks the service property " + TaskDefinition.PREFIX_ + name + ", a text");
  }

  /** An empty array is no property; an array of one may come as its element. */
  private List<String> texts(String name) {
    Object value = properties.apply(TaskDefinition.PREFIX_ + name);
    if (value == null) {
      return List.of();
    }
    Collection<?> items;
    if (value instanceof Object[] array) {
      items = Arrays.asList(array);
    } else if (value instanceof Collection<?> collection) {
      items = collection;
    } else {
      items = List.of(value);
    }
    if (!items.stream().allMatch(String.class::isInstance)) {
      throw new IllegalArgumentException(
          "has a service property " + TaskDefinition.PREFIX_ + name + " that is no list of texts");
    }
    return items.stream().map(String.class::cast).distinct().toList();
  }
}
