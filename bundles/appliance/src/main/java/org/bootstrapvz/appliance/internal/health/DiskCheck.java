/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.health;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.bootstrapvz.appliance.api.builds.Builds;
import org.bootstrapvz.appliance.api.builds.QueueStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether there is room for images. */
@Component(property = HealthCheck.NAME + "=disk")
public final class DiskCheck implements HealthCheck {
  /** With less free space hardly any image can be built. */
  private static final long LITTLE_SPACE = 1L << 30;

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
        status.freeBytes() < LITTLE_SPACE ? Result.Status.WARN : Result.Status.OK,
        (status.freeBytes() >> 20) + " MiB are free in " + status.directory());
  }
}
