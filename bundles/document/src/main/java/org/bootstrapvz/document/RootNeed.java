/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import org.bootstrapvz.api.plan.Plan;

/** Tells which plans only root can run. */
public final class RootNeed {
  /** The task that fails without root. */
  private static final String TASK = "org.bootstrapvz.common.volume.CheckMountable";

  private RootNeed() {}

  /** Returns whether a plan mounts files, which is impossible in a user namespace. */
  public static boolean of(Plan plan) {
    return plan.tasks().stream().anyMatch(task -> task.id().equals(TASK));
  }
}
