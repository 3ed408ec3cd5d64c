/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.health;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.bootstrapvz.appliance.api.builds.Builds;
import org.bootstrapvz.appliance.api.builds.QueueStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Checks that the queue accepts and runs builds. */
@Component(property = HealthCheck.NAME + "=queue")
public final class QueueCheck implements HealthCheck {
  private final Builds builds;

  /** Called by the container. */
  @Activate
  public QueueCheck(@Reference Builds builds) {
    this.builds = builds;
  }

  @Override
  public Result execute() {
    QueueStatus status = builds.status();
    return status
        .trouble()
        .map(
            trouble ->
                new Result(Result.Status.CRITICAL, "Builds are neither accepted nor started"))
        .orElseGet(
            () ->
                new Result(
                    Result.Status.OK,
                    status.running() + " builds running (maximum " + status.concurrency() + ")"));
  }
}
