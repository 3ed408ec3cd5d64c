/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.minimize_size.shrink;

import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.image.Compression;
import org.osgi.service.component.annotations.Component;

/**
 * Has qemu-img compress the image when it is converted. It leaves empty parts out anyway, and no
 * block was ever used that a file does not use: filesystems are made from the finished root.
 */
@Component
@TaskDefinition(
    description = "Compressing the image",
    phase = Phase.VOLUME_UNMOUNTING,
    provides = Compression.class)
public final class ShrinkVolumeWithQemuImg implements Task {
  @Override
  public void run(Build build) {
    build.provide(Compression.class, new Compression());
  }
}
