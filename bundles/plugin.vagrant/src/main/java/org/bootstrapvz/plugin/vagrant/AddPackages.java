/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.vagrant;

import java.util.List;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Adds the packages that Vagrant needs in a machine: SSH, sudo, and both ways to share directories
 * with it.
 */
@Component
@TaskDefinition(
    description = "Adding the packages Vagrant depends on",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddPackages implements Task {
  @Override
  public void run(Build build) {
    for (String name : List.of("openssh-server", "sudo", "nfs-common", "rsync")) {
      build.provide(PackageRequest.class, PackageRequest.of(name));
    }
  }
}
