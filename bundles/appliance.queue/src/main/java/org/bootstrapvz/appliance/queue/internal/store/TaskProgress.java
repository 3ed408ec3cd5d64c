/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import org.bootstrapvz.appliance.api.history.TaskState;

/**
 * How far a task is.
 *
 * @param state its state
 * @param millis how long it took, in milliseconds; negative if it has not finished
 */
public record TaskProgress(TaskState state, long millis) {
  /** A task that has not run yet. */
  public static final TaskProgress WAITING = new TaskProgress(TaskState.WAITING, -1);

  /** This task, after its build has ended. */
  public TaskProgress ended() {
    return switch (state) {
      case WAITING -> new TaskProgress(TaskState.SKIPPED, -1);
      case RUNNING -> new TaskProgress(TaskState.STOPPED, -1);
      default -> this;
    };
  }
}
