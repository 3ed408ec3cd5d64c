/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.task.TaskSet;

/** The task set of a manifest, with the requesters of each task. */
final class ChosenTasks implements TaskSet {
  private final Map<String, Set<String>> requests = new LinkedHashMap<>();
  private final SortedSet<HostCommand> commands = new TreeSet<>();
  private final Consumer<ChosenTasks> volume;
  private String requester = "";

  /**
   * @param volume adds the tasks of the types that the manifest names
   */
  ChosenTasks(Consumer<ChosenTasks> volume) {
    this.volume = volume;
  }

  /** Runs the choice of a requester: {@code plugin commands}. */
  void requestedBy(String label, Runnable choice) {
    String before = requester;
    requester = label;
    try {
      choice.run();
    } finally {
      requester = before;
    }
  }

  @Override
  public TaskSet add(String id) {
    requests
        .computeIfAbsent(Objects.requireNonNull(id, "id"), key -> new LinkedHashSet<>())
        .add(requester);
    return this;
  }

  @Override
  public TaskSet discard(String id) {
    requests.remove(id);
    return this;
  }

  @Override
  public boolean contains(String id) {
    return requests.containsKey(id);
  }

  @Override
  public Collection<String> ids() {
    return List.copyOf(requests.keySet());
  }

  @Override
  public TaskSet addVolume() {
    volume.accept(this);
    return this;
  }

  @Override
  public TaskSet requireCommand(HostCommand command) {
    commands.add(Objects.requireNonNull(command, "command"));
    return this;
  }

  List<String> requesters(String id) {
    return List.copyOf(requests.getOrDefault(id, Set.of()));
  }

  SortedSet<HostCommand> commands() {
    return commands;
  }
}
