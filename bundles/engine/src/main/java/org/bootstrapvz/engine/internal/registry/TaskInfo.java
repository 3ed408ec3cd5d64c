/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.task.Phase;

/**
 * The service properties of a task, see {@link org.bootstrapvz.api.task.TaskDefinition}.
 *
 * @param id name of its class
 * @param name the id without its owner's package
 */
public record TaskInfo(
    String id,
    String name,
    OwnerBundle bundle,
    Phase phase,
    String description,
    List<String> predecessors,
    List<String> successors,
    List<String> after,
    List<String> before,
    List<String> requires,
    List<String> collects,
    List<String> collectsAtLeastOne,
    List<String> provides,
    List<HostCommand> commands) {

  /** The types of values that it receives from other tasks, in any number. */
  public SortedSet<String> taken() {
    SortedSet<String> taken = new TreeSet<>(requires);
    taken.addAll(collects);
    taken.addAll(collectsAtLeastOne);
    return taken;
  }

  /** Whether a plan in which no task provides this type is an error. */
  public boolean needs(String type) {
    return requires.contains(type) || collectsAtLeastOne.contains(type);
  }

  /** The name with phase and bundle, for messages about the order. */
  public String described() {
    return name + " (phase " + phase.title() + ", bundle " + bundle + ")";
  }
}
