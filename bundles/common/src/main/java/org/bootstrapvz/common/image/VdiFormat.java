/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

import org.bootstrapvz.api.extension.ImageFormatDefinition;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/** VirtualBox's format. */
@Component
@ImageFormatDefinition(
    name = "vdi",
    description = "VirtualBox's format",
    platforms = {"qemu", "virtualbox"},
    driver = "vdi")
public final class VdiFormat implements ImageFormatType {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(ConvertImage.class).add(MoveImage.class);
  }
}
