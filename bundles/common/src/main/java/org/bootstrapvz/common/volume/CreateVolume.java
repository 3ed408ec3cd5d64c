/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.volume;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.volume.ImageFile;
import org.bootstrapvz.volume.VolumeLayout;
import org.osgi.service.component.annotations.Component;

/** Plans the layout of the volume and creates its file, which is sparse. */
@Component
@TaskDefinition(
    description = "Creating the volume",
    phase = Phase.VOLUME_CREATION,
    provides = {VolumeLayout.class, ImageFile.class})
public final class CreateVolume implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    VolumeLayout layout = VolumeLayout.of(build.manifest());
    Path file = build.workspace().resolve("volume.raw");
    build.acquire(
        ResourceSpec.file(file),
        () -> {
          try (RandomAccessFile volume = new RandomAccessFile(file.toFile(), "rw")) {
            volume.setLength(layout.size().bytes().count());
          }
        });
    build.provide(VolumeLayout.class, layout);
    build.provide(ImageFile.class, new ImageFile(file));
  }
}
