/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

import org.bootstrapvz.api.extension.ImageFormatDefinition;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/**
 * Microsoft's format with a fixed size: the plain content and a footer. Without {@code force_size}
 * the size would be rounded to the geometry of an old disk.
 */
@Component
@ImageFormatDefinition(
    name = "vhd",
    description = "Microsoft's format with a fixed size: the plain content and a footer",
    platforms = {"qemu", "hyper-v", "azure"},
    driver = "vpc",
    options = {"subformat=fixed", "force_size=on"},
    maximum = "2040GiB")
public final class VhdFormat implements ImageFormatType {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(ConvertImage.class).add(MoveImage.class);
  }
}
