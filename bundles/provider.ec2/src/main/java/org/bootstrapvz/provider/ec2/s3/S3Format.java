/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.s3;

import org.bootstrapvz.api.extension.ImageFormatDefinition;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.image.MoveImage;
import org.osgi.service.component.annotations.Component;

/** The plain content of a volume of EC2, which reaches it through a bucket of S3. */
@Component
@ImageFormatDefinition(
    name = "s3",
    description = "The plain content of a volume of EC2, uploaded through S3",
    platforms = "ec2",
    extension = "raw",
    driver = "raw",
    maximum = "64TiB")
public final class S3Format implements ImageFormatType {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(MoveImage.class);
  }
}
