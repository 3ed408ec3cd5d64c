/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the database answered when it was asked last, which is every second. */
@Component(property = HealthCheck.NAME + "=database")
public final class DatabaseCheck implements HealthCheck {
  private final Database database;

  /** Called by the container. */
  @Activate
  public DatabaseCheck(@Reference Database database) {
    this.database = database;
  }

  @Override
  public Result execute() {
    String trouble = database.trouble();
    return trouble.isEmpty()
        ? new Result(Result.Status.OK, "")
        : new Result(Result.Status.CRITICAL, trouble);
  }
}
