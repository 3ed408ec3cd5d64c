/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

import org.bootstrapvz.api.extension.BootloaderDefinition;
import org.bootstrapvz.api.extension.BootloaderType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/**
 * No bootloader: the kernel is delivered next to the image, for the software that starts the
 * machine.
 */
@Component
@BootloaderDefinition(
    name = "none",
    description = "No bootloader: the kernel is delivered next to the image")
public final class NoBootloader implements BootloaderType {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    if (manifest.imageFormat().isDisk()) {
      tasks
          .add(SetSerialConsole.class)
          .add(WriteCommandLine.class)
          .add(CopyKernel.class)
          .add(MoveKernel.class);
    }
  }
}
