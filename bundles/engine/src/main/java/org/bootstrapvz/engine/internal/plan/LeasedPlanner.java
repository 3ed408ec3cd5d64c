/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.nio.file.Path;

/** Plans a manifest and keeps what the plan uses from being taken away. */
public interface LeasedPlanner {
  /** Plans as {@link org.bootstrapvz.api.plan.Planner} does; the caller closes the result. */
  LeasedPlan plan(Path manifest);
}
