/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.ssh;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Allows logins with keys only. */
@Component
@TaskDefinition(
    description = "Disabling SSH password authentication",
    phase = Phase.SYSTEM_MODIFICATION)
public final class DisableSSHPasswordAuthentication implements Task {
  @Override
  public void run(Build build) throws IOException {
    SshdSetting.set(build, "PasswordAuthentication", "no");
  }
}
