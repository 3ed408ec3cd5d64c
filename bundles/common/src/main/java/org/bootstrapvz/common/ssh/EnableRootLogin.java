/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.ssh;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Allows root to log in over SSH, with a password, too. */
@Component
@TaskDefinition(description = "Enabling SSH login for root", phase = Phase.SYSTEM_MODIFICATION)
public final class EnableRootLogin implements Task {
  @Override
  public void run(Build build) throws IOException {
    SshdSetting.set(build, "PermitRootLogin", "yes");
    SshdSetting.set(build, "PasswordAuthentication", "yes");
  }
}
