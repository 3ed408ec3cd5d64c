/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.plan;

import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.osgi.annotation.versioning.ProviderType;

/** Plans manifests; changes nothing. A service; safe for use by several threads. */
@ProviderType
public interface Planner {
  /** Reads and checks a manifest and sorts its task set. Returns all problems; does not throw. */
  Planning plan(ManifestSource manifest);

  /**
   * Returns a source for each image that a manifest describes: one for each row of its matrix, or
   * the same source if it has none.
   */
  default List<ManifestSource> rows(ManifestSource manifest) {
    return List.of(manifest);
  }

  /** Plans the manifest of a file, which may include others, see {@link #plan(ManifestSource)}. */
  default Planning plan(Path manifest) {
    return plan(ManifestSource.of(manifest));
  }
}
