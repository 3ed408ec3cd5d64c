/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.health;

import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.bootstrapvz.appliance.operations.internal.configuration.ConfigurationFiles;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Checks that the configuration files have no errors. */
@Component(property = HealthCheck.NAME + "=configuration")
public final class ConfigurationCheck implements HealthCheck {
  private final ConfigurationFiles files;

  /** Called by the container. */
  @Activate
  public ConfigurationCheck(@Reference ConfigurationFiles files) {
    this.files = files;
  }

  @Override
  public Result execute() {
    List<String> problems = files.problems();
    return problems.isEmpty()
        ? new Result(Result.Status.OK, "")
        : new Result(Result.Status.WARN, String.join("; ", problems));
  }
}
