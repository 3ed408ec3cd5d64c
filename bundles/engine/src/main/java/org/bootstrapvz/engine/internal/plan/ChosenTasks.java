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
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.task.TaskSet;

/** The task set of a manifest, with the requesters of each task. */
final class ChosenTasks implements TaskSet {
  private final Map<String, Set<String>> requests = new LinkedHashMap<>();
  private final SortedSet<HostCommand> commands = new TreeSet<>();
  private String requester = "";

  /** Sets the provider or plugin whose choice follows. */
  void requestedBy(NamedExtension<?> extension) {
    requester = extension.label();
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
