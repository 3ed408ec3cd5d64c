/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.util.List;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.document.PlanDocument;

/** The form in which the appliance stores a plan. */
public final class StoredPlan {
  private StoredPlan() {}

  /** The plan document as JSON, without the temporary file in which the manifest was read. */
  public static String json(Plan plan) {
    return new PlanDocument(
            "",
            plan.provider(),
            plan.plugins(),
            plan.tasks(),
            plan.relations(),
            List.copyOf(plan.hostCommands()))
        .json();
  }
}
