/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.plan;

import java.nio.file.Path;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.osgi.annotation.versioning.ProviderType;

/** Plans manifests; changes nothing. A service; safe for use by several threads. */
@ProviderType
public interface Planner {
  /** Reads and checks a manifest and sorts its task set. Returns all problems; does not throw. */
  Planning plan(ManifestSource manifest);

  /** Plans the manifest of a file, which may include others, see {@link #plan(ManifestSource)}. */
  default Planning plan(Path manifest) {
    return plan(ManifestSource.of(manifest));
  }
}
