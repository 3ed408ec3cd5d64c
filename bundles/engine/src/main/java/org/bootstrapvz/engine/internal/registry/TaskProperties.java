/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.TaskDefinition;
import org.jspecify.annotations.Nullable;

/** Reads the service properties of a task. */
final class TaskProperties {
  private final ServiceProperties properties;

  private TaskProperties(Function<String, @Nullable Object> properties) {
    this.properties = new ServiceProperties(TaskDefinition.PREFIX_, properties);
  }

  /**
   * The task that the properties describe.
   *
   * @throws InvalidPropertiesException if they are invalid
   */
  static TaskInfo parse(
      String id, OwnerBundle bundle, Function<String, @Nullable Object> properties)
      throws InvalidPropertiesException {
    TaskProperties task = new TaskProperties(properties);
    return new TaskInfo(
        id,
        shortName(id, bundle.symbolicName()),
        bundle,
        task.phase(),
        task.properties.text("description"),
        task.properties.texts("predecessors"),
        task.properties.texts("successors"),
        task.properties.texts("after"),
        task.properties.texts("before"),
        task.properties.texts("requires"),
        task.properties.texts("collects"),
        task.properties.texts("collectsAtLeastOne"),
        task.properties.texts("provides"),
        task.properties.commands("commands"));
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

  private Phase phase() throws InvalidPropertiesException {
    String name = properties.text("phase");
    try {
      return Phase.valueOf(name);
    } catch (IllegalArgumentException e) {
      List<String> phases = Arrays.stream(Phase.values()).map(Enum::name).toList();
      throw new InvalidPropertiesException(
          "has the unknown phase \""
              + name
              + "\""
              + Suggestion.nearest(name, phases)
                  .map(phase -> "; did you mean " + phase + "?")
                  .orElse("; phases are " + String.join(", ", phases)));
    }
  }
}
