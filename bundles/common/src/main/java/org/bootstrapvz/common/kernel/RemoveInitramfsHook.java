/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Deletes the hook of {@link PrepareInitramfs}. Until then a command in the manifest may generate
 * the initramfs again.
 */
@Component
@TaskDefinition(
    description = "Removing the hook for the first initramfs",
    phase = Phase.SYSTEM_CLEANING)
public final class RemoveInitramfsHook implements Task {
  @Override
  public void run(Build build) throws IOException {
    build.root().delete(PrepareInitramfs.HOOK);
  }
}
