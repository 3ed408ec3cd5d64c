/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.time;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Makes chrony read the clock of the host, which Hyper-V offers as a device. */
@Component
@TaskDefinition(
    description = "Setting chrony to the clock of the host",
    phase = Phase.SYSTEM_MODIFICATION)
public final class ConfigureChrony implements Task {
  @Override
  public void run(Build build) throws IOException {
    build
        .root()
        .write(
            "etc/chrony/conf.d/azure.conf",
            """
            # The clock of the host. Steps, since a machine that was paused is far off.
            refclock PHC /dev/ptp_hyperv poll 3 dpoll -2 offset 0 stratum 2
            """);
  }
}
