/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

import org.bootstrapvz.api.extension.ImageFormatDefinition;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/** VMware's format, one sparse file. */
@Component
@ImageFormatDefinition(
    name = "vmdk",
    description = "VMware's format, one sparse file",
    schema = "org/bootstrapvz/common/image/vmdk.json",
    platforms = {"qemu", "virtualbox", "vmware", "oracle"},
    driver = "vmdk",
    options = "subformat=monolithicSparse",
    maximum = "62TiB")
public final class VmdkFormat implements ImageFormatType {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(ConvertImage.class).add(MoveImage.class);
  }
}
