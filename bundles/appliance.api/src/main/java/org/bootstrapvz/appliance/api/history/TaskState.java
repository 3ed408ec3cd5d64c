/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.history;

/** State of a task of a build. */
public enum TaskState {
  /** Has not run yet. */
  WAITING,
  /** Is running. */
  RUNNING,
  /** Has run. */
  DONE,
  /** Failed. */
  FAILED,
  /** Was running when the build was cancelled or interrupted. */
  STOPPED,
  /** Will not run: the build ended before. */
  SKIPPED
}
