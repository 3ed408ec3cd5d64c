/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.prebootstrapped;

import java.io.IOException;
import java.nio.file.Path;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.WriteSources;
import org.bootstrapvz.common.folder.FolderAccess;
import org.bootstrapvz.common.packages.InstallPackages;
import org.bootstrapvz.common.workspace.Delivery;
import org.osgi.service.component.annotations.Component;

/** Stores a copy of the root in which all packages are installed and nothing is configured yet. */
@Component
@TaskDefinition(
    description = "Saving a copy of the installed root",
    phase = Phase.PACKAGE_INSTALLATION,
    predecessors = InstallPackages.class,
    after = CopyImage.GUEST_ADDITIONS)
public final class CopyFolder implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    Path copy = build.workspace().resolve("prebootstrapped");
    build.acquire(
        ResourceSpec.folder(copy),
        () -> {
          build.run(
              Command.of("cp", "--archive", "--one-file-system", "--no-target-directory")
                  .with(build.root().path().toString(), copy.toString()));
          build.run(Command.of("rm", "--force", copy + "/" + WriteSources.CREDENTIALS));
        });
    Path target = CopyImage.target(build, "");
    Delivery.move(build, copy, target);
    FolderAccess.warnIfOpen(build, target);
    build.log("The copy is " + target);
  }
}
