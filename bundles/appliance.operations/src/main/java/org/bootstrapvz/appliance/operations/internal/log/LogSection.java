/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.log;

import java.util.Map;
import org.bootstrapvz.appliance.api.operations.ConfigurationSection;
import org.bootstrapvz.appliance.api.operations.Quantity;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The configuration file of the log. */
@Component
public final class LogSection implements ConfigurationSection {
  /** Called by the container. */
  @Activate
  public LogSection() {}

  @Override
  public String pid() {
    return LogSettings.PID;
  }

  @Override
  public Class<?> settings() {
    return LogSettings.class;
  }

  @Override
  public Map<String, Quantity> quantities() {
    return Map.of("auditMaxSize", Quantity.size("64KiB", "1GiB"));
  }
}
