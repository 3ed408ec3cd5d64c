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
import org.jspecify.annotations.Nullable;

/** Reads the service properties of a task. */
final class TaskProperties {
  private final Function<String, @Nullable Object> properties;

  private TaskProperties(Function<String, @Nullable Object> properties) {
    this.properties = properties;
  }

  /**
   * The task that the properties describe.
   *
   * @throws InvalidTaskPropertiesException if they are invalid
   */
  static TaskInfo parse(
      String id, OwnerBundle bundle, Function<String, @Nullable Object> properties)
      throws InvalidTaskPropertiesException {
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
   * The part of an id after the package its bundle is named after; of any other id the last two
   * segments. The segment {@code internal} is omitted.
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

  private Phase phase() throws InvalidTaskPropertiesException {
    String name = text("phase");
    try {
      return Phase.valueOf(name);
    } catch (IllegalArgumentException e) {
      List<String> phases = Arrays.stream(Phase.values()).map(Enum::name).toList();
      throw new InvalidTaskPropertiesException(
          "has the unknown phase \""
              + name
              + "\""
              + Suggestion.nearest(name, phases)
                  .map(phase -> "; did you mean " + phase + "?")
                  .orElse("; phases are " + String.join(", ", phases)));
    }
  }

  private List<HostCommand> commands() throws InvalidTaskPropertiesException {
    List<HostCommand> commands = new ArrayList<>();
    for (String notation : texts("commands")) {
      try {
        commands.add(HostCommand.parse(notation));
      } catch (IllegalArgumentException e) {
        throw new InvalidTaskPropertiesException(
            "names the host command \""
                + notation
                + "\", which is not of the form \"command (package)\"");
      }
    }
    return List.copyOf(commands);
  }

  private String text(String name) throws InvalidTaskPropertiesException {
    Object value = properties.apply(TaskDefinition.PREFIX_ + name);
    if (value instanceof String text) {
      return text;
    }
    throw new InvalidTaskPropertiesException(
        "lacks the service property " + TaskDefinition.PREFIX_ + name + ", a string");
  }

  /** An empty array leaves no property; an array of one element may become that element. */
  private List<String> texts(String name) throws InvalidTaskPropertiesException {
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
      throw new InvalidTaskPropertiesException(
          "has a service property "
              + TaskDefinition.PREFIX_
              + name
              + " that is not a list of strings");
    }
    return items.stream().map(String.class::cast).distinct().toList();
  }
}
