/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.admin_user;

import java.io.IOException;
import java.nio.file.Files;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Allows the owner of a key to log in. */
@Component
@TaskDefinition(
    description = "Adding the public key of the admin user",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = CreateAdminUser.class)
public final class AdminUserPublicKey implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    ManifestValue settings = build.manifest().at("plugins.admin_user");
    String name = settings.get("username").text();
    String folder = "/home/" + name + "/.ssh";
    String keys = Files.readString(build.manifest().resolve(settings.get("pubkey")));
    build.root().makeDirectory(folder, 0700);
    build.root().write(folder + "/authorized_keys", keys.stripTrailing() + "\n", 0600);
    build.root().run(Command.of("chown", "--recursive", name + ":" + name, folder));
  }
}
