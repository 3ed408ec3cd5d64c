/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.ssh;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Denies root logins over SSH. */
@Component
@TaskDefinition(description = "Disabling SSH login for root", phase = Phase.SYSTEM_MODIFICATION)
public final class DisableRootLogin implements Task {
  @Override
  public void run(Build build) throws IOException {
    SshdSetting.set(build, "PermitRootLogin", "no");
  }
}
