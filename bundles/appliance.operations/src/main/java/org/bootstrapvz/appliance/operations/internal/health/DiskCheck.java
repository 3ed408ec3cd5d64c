/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.health;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.bootstrapvz.appliance.api.builds.Builds;
import org.bootstrapvz.appliance.api.builds.QueueStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Checks the free disk space for builds. */
@Component(property = HealthCheck.NAME + "=disk")
public final class DiskCheck implements HealthCheck {
  /** Hardly any image can be built with less. */
  private static final long MIN_FREE_BYTES = 1L << 30;

  private final Builds builds;

  /** Called by the container. */
  @Activate
  public DiskCheck(@Reference Builds builds) {
    this.builds = builds;
  }

  @Override
  public Result execute() {
    QueueStatus status = builds.status();
    return new Result(
        status.freeBytes() < MIN_FREE_BYTES ? Result.Status.WARN : Result.Status.OK,
        (status.freeBytes() >> 20) + " MiB free in " + status.directory());
  }
}
