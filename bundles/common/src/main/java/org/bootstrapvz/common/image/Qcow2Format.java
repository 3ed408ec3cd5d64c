/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

import org.bootstrapvz.api.extension.ImageFormatDefinition;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/** QEMU's copy-on-write format, version 2. */
@Component
@ImageFormatDefinition(
    name = "qcow2",
    description = "QEMU's copy-on-write format, version 2",
    platforms = {"qemu", "oracle", "openstack"},
    driver = "qcow2",
    compressible = true)
public final class Qcow2Format implements ImageFormatType {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(ConvertImage.class).add(MoveImage.class);
  }
}
