/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import org.bootstrapvz.api.manifest.ManifestSource;

/** Plans a manifest and keeps the bundles of the plan installed. */
public interface LeasedPlanner {
  /** Plans like {@link org.bootstrapvz.api.plan.Planner}; the caller closes the result. */
  LeasedPlan plan(ManifestSource manifest);
}
