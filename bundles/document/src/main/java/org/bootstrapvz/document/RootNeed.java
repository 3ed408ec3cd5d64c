/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import java.util.Set;
import org.bootstrapvz.api.plan.Plan;

/** Tells which plans only root can run. */
public final class RootNeed {
  /** The tasks that fail without root. */
  private static final Set<String> TASKS =
      Set.of(
          "org.bootstrapvz.common.volume.CheckMountable",
          "org.bootstrapvz.common.lvm.CreateLogicalVolume");

  private RootNeed() {}

  /**
   * Returns whether a plan mounts files or uses devices, which is impossible in a user namespace.
   */
  public static boolean of(Plan plan) {
    return plan.tasks().stream().anyMatch(task -> TASKS.contains(task.id()));
  }
}
