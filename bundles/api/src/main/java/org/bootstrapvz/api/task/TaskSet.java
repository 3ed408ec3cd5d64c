/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.task;

import java.util.Collection;
import org.bootstrapvz.api.host.HostCommand;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The tasks selected for a manifest. The provider adds tasks first, then each plugin in the order
 * of the manifest; each may discard what earlier ones added. Used by one thread.
 */
@ProviderType
public interface TaskSet {

  /** Adds a task by its class. */
  default TaskSet add(Class<? extends Task> task) {
    return add(task.getName());
  }

  /**
   * Adds a task by its id. A task that is not registered is a problem of the plan, which names the
   * requester.
   */
  TaskSet add(String id);

  /** Discards a task by its class; does nothing if it is not in the set. */
  default TaskSet discard(Class<? extends Task> task) {
    return discard(task.getName());
  }

  /** Discards a task by its id; does nothing if it is not in the set. */
  TaskSet discard(String id);

  /** Returns whether the task with this id is in the set. */
  boolean contains(String id);

  /** Returns the ids in the set, in the order in which they were added. */
  Collection<String> ids();

  /**
   * Requires a command of the host that depends on the manifest; the commands that a task always
   * needs are in its {@link TaskDefinition#commands}.
   */
  TaskSet requireCommand(HostCommand command);

  /**
   * Adds the tasks of the types that the manifest names: its bootloader, its image format and its
   * filesystems. A provider whose images have a volume calls it once; afterwards it, and each
   * plugin, may discard added tasks.
   */
  TaskSet addVolume();
}
