/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A bootloader, chosen by {@code system.bootloader}. A service with a {@link BootloaderDefinition}.
 * Stateless; may be used by several threads at the same time.
 */
@ConsumerType
public interface BootloaderType {
  /**
   * Checks what neither the schema nor the definition can express. Called only for a manifest that
   * names this bootloader and has no error so far. Reports; does not throw.
   */
  default void check(Manifest manifest, Problems problems) {}

  /**
   * Adds the tasks that install and configure the bootloader.
   *
   * @see TaskSet#addVolume
   */
  void selectTasks(TaskSet tasks, Manifest manifest);
}
