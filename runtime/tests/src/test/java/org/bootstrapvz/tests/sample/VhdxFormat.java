/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;

/** A third-party image format, which {@code qemu-img} writes. */
public final class VhdxFormat implements ImageFormatType {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks
        .add("org.bootstrapvz.common.image.ConvertImage")
        .add("org.bootstrapvz.common.image.MoveImage");
  }
}
