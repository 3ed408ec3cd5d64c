/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.admin_user;

import java.util.Set;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.ssh.DisableRootLogin;
import org.bootstrapvz.common.ssh.DisableSSHPasswordAuthentication;
import org.osgi.service.component.annotations.Component;

/** Adds a user with full sudo permissions. */
@Component
@PluginDefinition(
    name = "admin_user",
    description = "Adds a user with SSH access and full sudo rights")
public final class AdminUserPlugin implements Plugin {
  private static final int JESSIE = 8;

  /** The users and groups of every Debian system. */
  private static final Set<String> TAKEN =
      Set.of(
          "root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc _apt nobody"
              .split(" "));

  @Override
  public void check(Manifest manifest, Problems problems) {
    ManifestValue settings = manifest.at("plugins.admin_user");
    ManifestValue name = settings.get("username");
    if (TAKEN.contains(name.text())) {
      problems.error(
          name,
          "Every Debian system has a user " + name.text() + " of its own",
          name.text().equals("root")
              ? "Write another name, or use the plugin root_password"
              : "Write another name");
    }
    if (!settings.get("password").exists() && !settings.get("pubkey").exists()) {
      problems.warning(
          settings,
          "The user " + name.text() + " has neither password nor pubkey and cannot log in",
          "Add one of them");
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    ManifestValue settings = manifest.at("plugins.admin_user");
    tasks.add(AddSudoPackage.class).add(CreateAdminUser.class).add(PasswordlessSudo.class);
    if (!manifest.release().atLeast(JESSIE)) {
      // Root logins with a password are then disabled, unless configured otherwise.
      tasks.add(DisableRootLogin.class);
    }
    if (settings.get("password").exists()) {
      tasks.add(AdminUserPassword.class).discard(DisableSSHPasswordAuthentication.class);
    }
    if (settings.get("pubkey").exists()) {
      tasks.add(CheckPublicKeyFile.class).add(AdminUserPublicKey.class);
    }
  }
}
