/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.accounts;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Allows the owners of keys to log in. */
@Component
@TaskDefinition(
    description = "Adding the public keys of users",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = CreateUsers.class)
public final class AddKeys implements Task {
  private static final int GROUP = 3;
  private static final int HOME = 5;

  @Override
  public void run(Build build) throws BuildException, IOException {
    AccountFile users = AccountFile.users(build);
    for (ManifestValue user : AccountsPlugin.users(build.manifest())) {
      if (AccountsPlugin.hasKeys(user)) {
        String name = user.get("name").text();
        String folder = users.field(name, HOME) + "/.ssh";
        build.root().makeDirectory(folder, 0700);
        build
            .root()
            .write(folder + "/authorized_keys", String.join("\n", keys(build, user)) + "\n", 0600);
        String owner = name + ":" + users.field(name, GROUP);
        build.root().run(Command.of("chown", "--recursive", owner, folder));
      }
    }
  }

  private static List<String> keys(Build build, ManifestValue user) throws IOException {
    List<String> keys = new ArrayList<>();
    for (ManifestValue key : user.get("keys").items()) {
      keys.add(key.text().strip());
    }
    for (ManifestValue file : user.get("key_files").items()) {
      keys.add(Files.readString(build.manifest().resolve(file)).strip());
    }
    return keys;
  }
}
