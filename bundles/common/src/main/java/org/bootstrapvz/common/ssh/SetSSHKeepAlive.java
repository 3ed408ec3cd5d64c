/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.ssh;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Makes the SSH server send a message through connections that are idle, which firewalls of clouds
 * cut otherwise.
 */
@Component
@TaskDefinition(
    description = "Keeping idle SSH connections open",
    phase = Phase.SYSTEM_MODIFICATION)
public final class SetSSHKeepAlive implements Task {
  @Override
  public void run(Build build) throws IOException {
    SshdSetting.set(build, "ClientAliveInterval", "120");
  }
}
