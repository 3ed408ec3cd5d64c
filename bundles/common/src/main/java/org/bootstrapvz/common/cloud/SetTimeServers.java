/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cloud;

import java.io.IOException;
import java.util.List;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Makes systemd-timesyncd use the time servers of the cloud, unless DHCP names others. Settings of
 * the plugin ntp take precedence.
 */
@Component
@TaskDefinition(
    description = "Setting the time servers of the cloud",
    phase = Phase.SYSTEM_MODIFICATION,
    requires = CloudGuest.class)
public final class SetTimeServers implements Task {
  /** Before servers.conf, which the plugin writes. */
  private static final String FILE = "etc/systemd/timesyncd.conf.d/cloud.conf";

  @Override
  public void run(Build build) throws IOException {
    List<String> servers = build.require(CloudGuest.class).timeServers();
    if (!servers.isEmpty()) {
      build.root().write(FILE, "[Time]\nFallbackNTP=" + String.join(" ", servers) + "\n");
    }
  }
}
