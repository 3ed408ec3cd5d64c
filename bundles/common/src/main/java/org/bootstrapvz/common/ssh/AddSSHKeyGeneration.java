/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.ssh;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.systemd.SystemdUnit;
import org.osgi.service.component.annotations.Component;

/**
 * Adds a service that generates the host keys of the SSH server at the first boot, if the image has
 * a server.
 */
@Component
@TaskDefinition(
    description = "Adding SSH host key generation at the first boot",
    phase = Phase.SYSTEM_MODIFICATION,
    provides = SystemdUnit.class)
public final class AddSSHKeyGeneration implements Task {
  @Override
  public void run(Build build) throws IOException {
    if (!build.root().isFile("usr/sbin/sshd")) {
      return;
    }
    build.provide(
        SystemdUnit.class,
        new SystemdUnit(
            "ssh-generate-hostkeys.service",
            """
            [Unit]
            Description=Generate the missing SSH host keys
            Before=ssh.service ssh.socket
            # Where cloud-init runs, it generates them, with the settings of its cloud.
            After=cloud-init.service cloud-init-network.service
            ConditionPathIsReadWrite=/etc/ssh
            ConditionFileIsExecutable=/usr/bin/ssh-keygen

            [Service]
            Type=oneshot
            ExecStart=/usr/bin/ssh-keygen -A
            RemainAfterExit=yes

            [Install]
            WantedBy=multi-user.target
            """));
  }
}
