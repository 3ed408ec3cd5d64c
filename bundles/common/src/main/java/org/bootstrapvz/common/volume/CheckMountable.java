/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.volume;

import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.volume.VolumeLayout;
import org.osgi.service.component.annotations.Component;

/** Checks, before anything is created, that the user can mount files if the volume needs it. */
@Component
@TaskDefinition(description = "Checking that files can be mounted", phase = Phase.VALIDATION)
public final class CheckMountable implements Task {
  @Override
  public void run(Build build) throws BuildException {
    if (build.machine().canMountFiles()) {
      return;
    }
    throw new BuildException(
        "Only root can make this image: "
            + String.join(", ", VolumeLayout.mounted(build.manifest()))
            + " can only be created by mounting the image, and this user cannot mount files. Run the"
            + " build as root, or choose types that need no mount, such as grub and ext4");
  }
}
