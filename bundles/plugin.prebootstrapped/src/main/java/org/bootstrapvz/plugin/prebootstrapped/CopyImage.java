/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.prebootstrapped;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.WriteSources;
import org.bootstrapvz.common.packages.InstallPackages;
import org.bootstrapvz.common.workspace.Delivery;
import org.osgi.service.component.annotations.Component;

/**
 * Stores an archive of the root in which all packages are installed and nothing is configured yet.
 */
@Component
@TaskDefinition(
    description = "Saving an archive of the installed root",
    phase = Phase.PACKAGE_INSTALLATION,
    predecessors = InstallPackages.class,
    after = CopyImage.GUEST_ADDITIONS,
    commands = "tar (tar)")
public final class CopyImage implements Task {
  static final String GUEST_ADDITIONS =
      "org.bootstrapvz.provider.virtualbox.guest_additions.InstallGuestAdditions";
  static final List<String> AS_IT_IS = List.of("--numeric-owner", "--xattrs", "--xattrs-include=*");

  @Override
  public void run(Build build) throws BuildException, IOException {
    Path archive = build.workspace().resolve("prebootstrapped.tar");
    build.acquire(
        ResourceSpec.file(archive),
        () ->
            build.run(
                Command.of("tar", "--create", "--file=" + archive, "--one-file-system")
                    .with(AS_IT_IS)
                    .with("--exclude=./var/cache/apt/archives/*.deb")
                    .with("--exclude=./" + WriteSources.CREDENTIALS)
                    .with("--directory=" + build.root().path(), ".")
                    // Status 1: the directory that sysfs is mounted on changed while it was read.
                    .accepting(0, 1)));
    Path target = target(build, ".tar");
    Delivery.deliver(build, archive, target);
  }

  /** The destination of a copy. */
  static Path target(Build build, String ending) {
    return build.workspace().resolveSibling("prebootstrapped-" + build.id() + ending);
  }
}
