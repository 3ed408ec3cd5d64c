/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.build;

import org.osgi.annotation.versioning.ConsumerType;

/** Receives the events of a build, one at a time. The build waits until each call returns. */
@ConsumerType
@FunctionalInterface
public interface BuildListener {
  /** Receives an event. What this throws is ignored. */
  void on(BuildEvent event);
}
