/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bootstrapvz.appliance.api.history.Finding;

/** Looks into manifests without building them. Safe for use by several threads. */
interface Examiner {
  /**
   * What was found in a manifest.
   *
   * @param provider the provider it names; may be empty
   * @param plugins the plugins it names
   * @param problems what is wrong with it
   * @param plan the plan as JSON; empty if it has errors, or if something that it needs is not here
   * @param missing whether all errors may come from something that it needs and is not here
   */
  record Examined(
      String provider,
      List<String> plugins,
      List<Finding> problems,
      Optional<String> plan,
      boolean missing) {}

  /** Reads and plans a manifest. */
  Examined examine(Path manifest);

  /** The size of the volume that a manifest asks for; 0 if it asks for none. */
  long volumeBytes(Path manifest);

  /** What can be used here now: {@code provider:kvm}, {@code plugin:vagrant}. */
  Set<String> offers();
}
