/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

import org.bootstrapvz.api.extension.ImageFormatDefinition;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/** The plain content of the disk. */
@Component
@ImageFormatDefinition(
    name = "raw",
    description = "The plain content of the disk",
    platforms = {"qemu", "virtualbox", "ec2", "gce", "oracle", "openstack"},
    driver = "raw")
public final class RawFormat implements ImageFormatType {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(MoveImage.class);
  }
}
