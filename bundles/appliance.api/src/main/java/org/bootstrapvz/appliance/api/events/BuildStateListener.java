/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.events;

import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is notified when a build of this appliance changes its state: it was submitted, started, ended,
 * or was queued again. Register a service to add, for example, a web hook.
 *
 * <p>Each listener is called in a thread of its own, one call at a time, in the order of the
 * changes of each build. A listener may block; it delays no build and no other listener. If 1000
 * calls are waiting for it, further changes are not reported to it. What it throws is logged.
 * Changes that happen while the appliance is not running are not reported later.
 */
@ConsumerType
@FunctionalInterface
public interface BuildStateListener {
  /**
   * The state of a build has changed.
   *
   * @param build the build as it is now; a state that lasted very short may be skipped, but the
   *     last one never is
   */
  void stateChanged(BuildSummary build) throws Exception;
}
