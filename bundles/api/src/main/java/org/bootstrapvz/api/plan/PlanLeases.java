/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.plan;

import org.bootstrapvz.api.manifest.ManifestSource;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Plans manifests for callers that run the plan elsewhere. A service; safe for use by several
 * threads.
 */
@ProviderType
public interface PlanLeases {
  /**
   * Plans like {@link Planner#plan}, and keeps the bundles that the plan uses installed until the
   * lease is closed.
   */
  PlanLease lease(ManifestSource manifest);
}
