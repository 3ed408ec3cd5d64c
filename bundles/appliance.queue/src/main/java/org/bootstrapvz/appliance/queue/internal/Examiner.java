/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bootstrapvz.appliance.api.history.Finding;

/** Reads and plans manifests. Safe for use by several threads. */
interface Examiner {
  /**
   * The result of examining a manifest.
   *
   * @param provider the provider that it names; may be empty
   * @param plugins the plugins it names
   * @param needs what an appliance must have to run it, like {@link #offers}
   * @param problems what is wrong with it
   * @param plan the plan as JSON; empty if the manifest has errors, or needs something that is
   *     missing here
   * @param missing whether all errors may come from something it needs that is missing here
   */
  record Examined(
      String provider,
      List<String> plugins,
      Set<String> needs,
      List<Finding> problems,
      Optional<String> plan,
      boolean missing) {}

  /** Reads and plans a manifest. */
  Examined examine(Path manifest);

  /** The size in bytes of the volume in a manifest; 0 if it has none. */
  long volumeBytes(Path manifest);

  /**
   * The providers, plugins and types of volumes that are available: {@code provider:kvm}, {@code
   * plugin:vagrant}, {@code image_format:qcow2}.
   */
  Set<String> offers();
}
