/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.boot;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.kernel.UpdateInitramfs;
import org.osgi.service.component.annotations.Component;

/** Keeps the kernel from loading modules for devices that a machine in a cloud does not have. */
@Component
@TaskDefinition(
    description = "Blacklisting kernel modules",
    phase = Phase.SYSTEM_MODIFICATION,
    successors = UpdateInitramfs.class)
public final class BlackListModules implements Task {
  @Override
  public void run(Build build) throws IOException {
    build.root().append("etc/modprobe.d/blacklist.conf", "blacklist pcspkr\nblacklist floppy\n");
  }
}
