/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.network;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.Bootstrapped;
import org.osgi.service.component.annotations.Component;

/** Writes the hosts file: the bootstrapping tool may have copied that of the build host. */
@Component
@TaskDefinition(
    description = "Writing the hosts file",
    phase = Phase.OS_INSTALLATION,
    requires = Bootstrapped.class)
public final class WriteHosts implements Task {
  @Override
  public void run(Build build) throws IOException {
    build
        .root()
        .write(
            "etc/hosts",
            """
            127.0.0.1\tlocalhost
            ::1\t\tlocalhost ip6-localhost ip6-loopback
            ff02::1\t\tip6-allnodes
            ff02::2\t\tip6-allrouters
            """,
            0644);
  }
}
