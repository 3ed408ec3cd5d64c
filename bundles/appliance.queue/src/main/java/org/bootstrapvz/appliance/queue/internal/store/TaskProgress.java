/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import org.bootstrapvz.appliance.api.history.TaskState;

/**
 * What became of a task.
 *
 * @param state where it stands
 * @param millis how long it took; negative if it has not run to its end
 */
public record TaskProgress(TaskState state, long millis) {
  /** Of a task that has not run yet. */
  public static final TaskProgress WAITING = new TaskProgress(TaskState.WAITING, -1);
}
