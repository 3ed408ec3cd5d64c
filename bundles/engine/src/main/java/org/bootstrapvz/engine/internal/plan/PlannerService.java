/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.nio.file.Path;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plans without holding leases, for callers that do not build. */
@Component
public final class PlannerService implements Planner {
  private final LeasedPlanner planner;

  @Activate
  public PlannerService(@Reference LeasedPlanner planner) {
    this.planner = planner;
  }

  @Override
  public Planning plan(Path manifest) {
    try (LeasedPlan leased = planner.plan(manifest)) {
      return leased.planning();
    }
  }
}
