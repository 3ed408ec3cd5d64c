/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the clock can be trusted. Safe for use by several threads. */
@Component(
    service = {HealthCheck.class, ClockCheck.class},
    property = HealthCheck.NAME + "=clock")
public final class ClockCheck implements HealthCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ClockCheck.class);

  private volatile String warning = "";

  /** Called by the container. */
  @Activate
  public ClockCheck() {}

  /** What is wrong with the clock; empty if nothing is. A new warning is logged. */
  void warn(String found) {
    if (!found.isEmpty() && !found.equals(warning)) {
      LOG.warn("{}", found);
    }
    warning = found;
  }

  @Override
  public Result execute() {
    String found = warning;
    return new Result(found.isEmpty() ? Result.Status.OK : Result.Status.WARN, found);
  }
}
