/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.ntp;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Makes the client use only the servers of the manifest. */
@Component
@TaskDefinition(description = "Setting the time servers", phase = Phase.SYSTEM_MODIFICATION)
public final class SetNtpServers implements Task {
  @Override
  public void run(Build build) throws IOException {
    String servers = String.join(" ", build.manifest().at("plugins.ntp.servers").texts());
    build
        .root()
        .write(
            "etc/systemd/timesyncd.conf.d/servers.conf",
            "[Time]\nNTP=" + servers + "\n# Not those of Debian.\nFallbackNTP=\n");
  }
}
