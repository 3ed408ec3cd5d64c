/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.time.Duration;
import org.bootstrapvz.api.plan.PlanningLimit;
import org.bootstrapvz.appliance.api.operations.Durations;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/** Limits the time that plugins may take while the appliance plans. */
@Component(configurationPid = QueueSettings.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ConfiguredPlanningLimit implements PlanningLimit {
  private final Duration timeout;

  /** Called by the container. */
  @Activate
  public ConfiguredPlanningLimit(QueueSettings settings) {
    timeout = Durations.parse(settings.planningTimeout());
  }

  @Override
  public Duration timeout() {
    return timeout;
  }
}
