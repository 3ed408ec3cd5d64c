/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Keeps packages from starting their services while the image is built. */
@Component
@TaskDefinition(description = "Disabling daemon autostart", phase = Phase.PACKAGE_INSTALLATION)
public final class DisableDaemonAutostart implements Task {
  /** Called by invoke-rc.d; status 101 forbids the action. */
  static final String POLICY = "usr/sbin/policy-rc.d";

  @Override
  public void run(Build build) throws IOException {
    build.root().write(POLICY, "#!/bin/sh\nexit 101\n", 0755);
  }
}
