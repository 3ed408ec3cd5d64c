/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.lvm;

import org.bootstrapvz.api.extension.ImageFormatDefinition;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.api.volume.ImageFormat;
import org.osgi.service.component.annotations.Component;

/** A logical volume of the host. */
@Component
@ImageFormatDefinition(
    name = "lvm",
    description = "A logical volume of the host",
    schema = "org/bootstrapvz/common/lvm/lvm.json",
    platforms = "qemu",
    content = ImageFormat.Content.DEVICE,
    driver = "raw")
public final class LvmFormat implements ImageFormatType {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(CreateLogicalVolume.class);
  }
}
