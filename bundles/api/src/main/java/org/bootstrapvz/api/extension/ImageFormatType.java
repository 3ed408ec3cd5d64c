/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An image format, chosen by {@code volume.backing}. A service with an {@link
 * ImageFormatDefinition}. Stateless; may be used by several threads at the same time.
 */
@ConsumerType
public interface ImageFormatType {
  /**
   * Checks what neither the schema nor the definition can express. Called only for a manifest that
   * names this format and has no error so far. Reports; does not throw.
   */
  default void check(Manifest manifest, Problems problems) {}

  /**
   * Adds the tasks that create an image of this format from the finished volume and deliver it.
   *
   * @see TaskSet#addVolume
   */
  void selectTasks(TaskSet tasks, Manifest manifest);
}
