/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.task;

import java.util.Collection;
import org.bootstrapvz.api.host.HostCommand;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The tasks chosen for a manifest. The provider fills it first, then each plugin in the order of
 * the manifest; a later one sees and may discard what earlier ones added. Used by one thread.
 */
@ProviderType
public interface TaskSet {

  /** Adds a task by its class. */
  default TaskSet add(Class<? extends Task> task) {
    return add(task.getName());
  }

  /**
   * Adds a task by its id. A task that is not registered is a problem of the plan, naming who asked
   * for it.
   */
  TaskSet add(String id);

  /** Discards a task by its class; nothing happens if it is not in the set. */
  default TaskSet discard(Class<? extends Task> task) {
    return discard(task.getName());
  }

  /** Discards a task by its id; nothing happens if it is not in the set. */
  TaskSet discard(String id);

  /** Whether the task with this id is in the set now. */
  boolean contains(String id);

  /** The ids now in the set, in the order in which they were added. */
  Collection<String> ids();

  /**
   * Asks for a command of the host that depends on the manifest; what a task always needs stands in
   * its {@link TaskDefinition#commands}.
   */
  TaskSet requireCommand(HostCommand command);

  /**
   * Adds the tasks of the types that the manifest names: its bootloader, its image format and its
   * filesystems. A provider whose images have a volume calls it once; later it, and each plugin,
   * may discard what was added.
   */
  TaskSet addVolume();
}
