/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.List;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.task.Phase;

/**
 * What the service properties of a task say, see {@link org.bootstrapvz.api.task.TaskDefinition}.
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
    List<String> provides,
    List<HostCommand> commands) {

  /** The name with phase and bundle, as messages about the order show it. */
  public String described() {
    return name + " (phase " + phase.title() + ", bundle " + bundle + ")";
  }
}
