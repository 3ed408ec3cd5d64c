/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.accounts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.ssh.DisableSSHPasswordAuthentication;
import org.bootstrapvz.common.ssh.PublicKeys;
import org.osgi.service.component.annotations.Component;

/** Adds users and groups. */
@Component
@PluginDefinition(name = "accounts", description = "Adds users and groups")
public final class AccountsPlugin implements Plugin {
  private static final String SETTINGS = "plugins.accounts";

  /** The users and groups of every Debian system. */
  private static final Set<String> TAKEN =
      Set.of(
          ("root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc _apt"
                  + " nobody")
              .split(" "));

  static List<ManifestValue> users(Manifest manifest) {
    return manifest.at(SETTINGS).get("users").items();
  }

  static List<ManifestValue> groups(Manifest manifest) {
    return manifest.at(SETTINGS).get("groups").items();
  }

  static boolean hasPassword(ManifestValue user) {
    return user.get("password").exists() || user.get("password-crypted").exists();
  }

  static boolean hasKeys(ManifestValue user) {
    return user.get("keys").exists() || user.get("key_files").exists();
  }

  @Override
  public void check(Manifest manifest, Problems problems) {
    checkUnique("group", groups(manifest), "gid", problems);
    checkUnique("user", users(manifest), "uid", problems);
    for (ManifestValue user : users(manifest)) {
      String name = user.get("name").text();
      if (manifest.at("plugins.admin_user.username").text("").equals(name)) {
        problems.error(
            user.get("name"),
            "The plugin admin_user creates the user " + name + ", too",
            "Remove one of them");
      }
      if (user.get("password").exists() && user.get("password-crypted").exists()) {
        problems.error(
            user.get("password-crypted"),
            "The user " + name + " has a password, too",
            "Remove one of password and password-crypted");
      }
      for (ManifestValue key : user.get("keys").items()) {
        checkKey(key, problems);
      }
      if (!user.get("system").isTrue(false) && !hasPassword(user) && !hasKeys(user)) {
        problems.warning(
            user,
            "The user " + name + " has neither a password nor a key and cannot log in",
            "Add keys, key_files, password or password-crypted");
      }
      ManifestValue sudo = user.get("sudo");
      if (sudo.text("").equals("password") && !hasPassword(user)) {
        problems.warning(
            sudo,
            "The user " + name + " has no password that sudo could ask for",
            "Write nopasswd, or add a password");
      }
    }
  }

  private static void checkUnique(
      String what, List<ManifestValue> accounts, String number, Problems problems) {
    Map<String, String> names = new HashMap<>();
    Map<String, String> numbers = new HashMap<>();
    for (ManifestValue account : accounts) {
      ManifestValue name = account.get("name");
      if (TAKEN.contains(name.text())) {
        problems.error(
            name,
            "Every Debian system has a " + what + " " + name.text() + " of its own",
            name.text().equals("root") && what.equals("user")
                ? "Write another name, or use the plugin root_password"
                : "Write another name");
      }
      if (names.put(name.text(), "") != null) {
        problems.error(
            name, "There are two " + what + "s with the name " + name.text(), "Remove one of them");
      }
      ManifestValue id = account.get(number);
      String other = id.exists() ? numbers.put(id.text(), name.text()) : null;
      if (other != null) {
        problems.error(
            id,
            "The " + what + " " + other + " has the " + number + " " + id.text() + ", too",
            "Write another number");
      }
    }
  }

  private static void checkKey(ManifestValue key, Problems problems) {
    if (PublicKeys.isPrivate(key.text())) {
      problems.error(key, "This is a private key", "Write the public key");
    } else if (!PublicKeys.isKey(key.text()) || key.text().strip().contains("\n")) {
      problems.error(
          key,
          "This is not a public key",
          "Write one line as in the file that ssh-keygen wrote, such as ssh-ed25519 AAAA… ada");
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    List<ManifestValue> users = users(manifest);
    if (!groups(manifest).isEmpty()) {
      tasks.add(CreateGroups.class);
    }
    if (!users.isEmpty()) {
      tasks.add(CreateUsers.class);
    }
    if (users.stream().anyMatch(user -> user.get("key_files").exists())) {
      tasks.add(CheckKeyFiles.class);
    }
    if (users.stream().anyMatch(AccountsPlugin::hasKeys)) {
      tasks.add(AddKeys.class);
    }
    if (users.stream().anyMatch(AccountsPlugin::hasPassword)) {
      tasks.add(SetPasswords.class).discard(DisableSSHPasswordAuthentication.class);
    }
    if (users.stream().anyMatch(user -> user.get("sudo").exists())) {
      tasks.add(AddSudo.class).add(AllowSudo.class);
    }
  }
}
