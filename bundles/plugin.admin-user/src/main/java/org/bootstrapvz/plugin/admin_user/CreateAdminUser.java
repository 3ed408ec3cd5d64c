/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.admin_user;

import java.io.IOException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.systemd.InstallUnits;
import org.osgi.service.component.annotations.Component;

/** Creates the user, before units that may run as it are enabled. */
@Component
@TaskDefinition(
    description = "Creating the admin user",
    phase = Phase.SYSTEM_MODIFICATION,
    successors = InstallUnits.class)
public final class CreateAdminUser implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    ManifestValue name = build.manifest().at("plugins.admin_user.username");
    refuse(build, name, "etc/passwd", "user");
    refuse(build, name, "etc/group", "group");
    build.root().run(Command.of("useradd", "--create-home", "--shell", "/bin/bash", name.text()));
  }

  /** A package may have created a user of this name. */
  private static void refuse(Build build, ManifestValue name, String file, String what)
      throws BuildException, IOException {
    for (String line : build.root().read(file).split("\n")) {
      if (line.startsWith(name.text() + ":")) {
        throw new BuildException(
            name.location()
                + ": "
                + name.path()
                + ": the image has a "
                + what
                + " "
                + name.text()
                + " already. Write another name");
      }
    }
  }
}
