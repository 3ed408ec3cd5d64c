/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.audit;

import java.util.Optional;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Checks that the audit log is on the disk. */
@Component(property = HealthCheck.NAME + "=audit")
public final class AuditCheck implements HealthCheck {
  private final AuditTrail trail;

  /** Called by the container. */
  @Activate
  public AuditCheck(@Reference AuditTrail trail) {
    this.trail = trail;
  }

  @Override
  public Result execute() {
    Optional<String> trouble = trail.trouble();
    return trouble.isEmpty()
        ? new Result(Result.Status.OK, "")
        : new Result(Result.Status.WARN, trouble.get());
  }
}
