/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.folder;

import org.bootstrapvz.api.extension.ImageFormatDefinition;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.api.volume.ImageFormat;
import org.osgi.service.component.annotations.Component;

/** No disk at all: the root as a directory. */
@Component
@ImageFormatDefinition(
    name = "folder",
    description = "The root as a directory, without a disk",
    platforms = {"qemu", "oci"},
    content = ImageFormat.Content.DIRECTORY)
public final class FolderFormat implements ImageFormatType {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(PlanFolder.class).add(CopyFolder.class).add(MoveFolder.class);
  }
}
