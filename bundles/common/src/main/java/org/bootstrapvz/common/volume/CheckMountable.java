/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.volume;

import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.volume.Bootloader;
import org.osgi.service.component.annotations.Component;

/** Finds out, before anything is made, that this user may not mount what the volume needs. */
@Component
@TaskDefinition(description = "Checking that files can be mounted", phase = Phase.VALIDATION)
public final class CheckMountable implements Task {
  @Override
  public void run(Build build) throws BuildException {
    if (build.machine().canMountFiles()) {
      return;
    }
    boolean extlinux = Bootloader.of(build.manifest()) == Bootloader.EXTLINUX;
    throw new BuildException(
        extlinux
            ? "Only root can install EXTLINUX, which needs the image mounted, and here files cannot"
                + " be mounted. Run the build as root, or set system.bootloader to grub"
            : "Only root can make an xfs or a btrfs with subvolumes, which need to be mounted, and here"
                + " files cannot be mounted. Run the build as root, or choose ext4, or btrfs without"
                + " subvolumes");
  }
}
