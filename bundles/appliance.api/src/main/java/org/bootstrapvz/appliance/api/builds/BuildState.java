/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.builds;

import java.util.EnumSet;
import java.util.Set;

/** State of a build. */
public enum BuildState {
  /** Waits in the queue. */
  QUEUED,
  /** Is running. */
  RUNNING,
  /** All tasks ran. */
  SUCCEEDED,
  /** A task failed, or the host lacks something. */
  FAILED,
  /** The manifest has errors; no task ran. */
  REJECTED,
  /** Was cancelled. */
  CANCELLED,
  /** The appliance stopped or crashed while the build was running. */
  INTERRUPTED;

  /** The states of a build that has ended: all but {@link #QUEUED} and {@link #RUNNING}. */
  public static final Set<BuildState> ENDED =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(QUEUED, RUNNING)));

  /** Whether a build in this state has ended. */
  public boolean ended() {
    return ENDED.contains(this);
  }
}
