/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.kvm.boot;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Keeps the boot messages on the screen when the login prompt appears. */
@Component
@TaskDefinition(
    description = "Keeping the messages of the boot on the screen",
    phase = Phase.SYSTEM_MODIFICATION)
public final class SetSystemdTTYVTDisallocate implements Task {
  @Override
  public void run(Build build) throws IOException {
    build
        .root()
        .write(
            "etc/systemd/system/getty@tty1.service.d/noclear.conf",
            "[Service]\nTTYVTDisallocate=no\n");
  }
}
