/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.store;

import java.util.List;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Relation;
import org.bootstrapvz.appliance.internal.Json;

/**
 * A plan as it is stored and shown: without the manifest, which may hold secrets.
 *
 * @param provider name of the provider
 * @param plugins names of the plugins
 * @param tasks the task list
 * @param relations the orders within a phase
 * @param hostCommands the commands of the host that the tasks need
 */
public record PlanDocument(
    String provider,
    List<String> plugins,
    List<PlannedTask> tasks,
    List<Relation> relations,
    List<HostCommand> hostCommands) {
  /** Of a plan. */
  public static PlanDocument of(Plan plan) {
    return new PlanDocument(
        plan.provider(),
        plan.plugins(),
        plan.tasks(),
        plan.relations(),
        List.copyOf(plan.hostCommands()));
  }

  /** From JSON. */
  static PlanDocument parse(String json) {
    return Json.read(json, PlanDocument.class);
  }

  /** As JSON. */
  public String json() {
    return Json.write(this);
  }
}
