/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.ssh;

import java.io.IOException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Deletes the host keys that the package generated: machines from the same image must not share
 * them.
 */
@Component
@TaskDefinition(description = "Deleting the SSH host keys", phase = Phase.SYSTEM_CLEANING)
public final class ShredHostkeys implements Task {
  @Override
  public void run(Build build) throws IOException {
    Root root = build.root();
    for (String name : root.list("etc/ssh")) {
      if (name.startsWith("ssh_host_")) {
        root.delete("etc/ssh/" + name);
      }
    }
  }
}
