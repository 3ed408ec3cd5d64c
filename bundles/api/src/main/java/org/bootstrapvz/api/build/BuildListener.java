/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.build;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told what a build does. Called for one event at a time; the build waits until it returns. */
@ConsumerType
@FunctionalInterface
public interface BuildListener {
  /** Something happened. What this throws is ignored. */
  void on(BuildEvent event);
}
