/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.minimize_size.shrink;

import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.image.Compression;
import org.osgi.service.component.annotations.Component;

/**
 * Makes qemu-img compress the image during the conversion. It skips empty blocks in any case, and
 * all used blocks belong to files: filesystems are created from the finished root.
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
