/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.ansible;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.network.HostResolver;
import org.osgi.service.component.annotations.Component;

/**
 * Runs the playbook on the host, inside the sandbox of the build; its modules run in the image. The
 * settings of the user who builds do not apply.
 */
@Component
@TaskDefinition(
    description = "Running the playbook of Ansible",
    phase = Phase.USER_MODIFICATION,
    commands = "ansible-playbook (ansible-core)")
public final class RunAnsiblePlaybook implements Task {
  private static final String NO_HOST = "skipping: no hosts matched";

  /** What modules of Ansible before 2.16 print under Python 3.12 and later. */
  private static final String TOO_OLD = "No module named 'ansible.module_utils.six.moves'";

  @Override
  public void run(Build build) throws BuildException, IOException {
    ManifestValue settings = build.manifest().at(AnsiblePlugin.SETTINGS);
    Playbook playbook = Playbook.of(build.manifest());
    Path folder = build.workspace().resolve("ansible");
    Resource own =
        build.acquire(
            ResourceSpec.folder(folder),
            () ->
                Files.createDirectory(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rwx------"))));
    AnsibleFiles files = AnsibleFiles.writeTo(folder, build);
    // A package may have replaced the resolver configuration.
    HostResolver.copyTo(build.root());
    Command command =
        environment(Command.of("ansible-playbook"), playbook, folder, files)
            .in(playbook.directory())
            .with("--inventory", files.inventory().toString());
    if (settings.get("extra_vars").exists()) {
      // In a file, since variables may be passwords, and others can see arguments.
      command = command.with("--extra-vars", "@" + files.variables());
    }
    command = withList(command, "--tags", settings.get("tags"));
    command = withList(command, "--skip-tags", settings.get("skip_tags"));
    command = command.with(settings.get("opt_flags").texts()).with(playbook.file().toString());
    try {
      CommandResult result = build.run(command.standardUmask());
      if (result.output().stream().anyMatch(line -> line.contains(NO_HOST))) {
        build.warn(
            playbook.setting().location()
                + ": "
                + playbook.setting().path()
                + ": a play was skipped: the only host is "
                + AnsibleFiles.hostName(build.manifest())
                + ", in the groups all"
                + String.join("", groups(settings))
                + ". Write one of these names in hosts, or add a group to plugins.ansible.groups");
      }
    } catch (CommandException e) {
      String output = String.join("\n", e.tail());
      throw new BuildException(
          playbook.setting().location()
              + ": "
              + playbook.setting().path()
              + ": the playbook failed"
              + (output.contains(TOO_OLD)
                  ? ", since the Ansible of this machine is too old for the Python of the image."
                      + " Install a newer ansible-core, or build on a newer release of Debian"
                  : "")
              + ":\n"
              + output,
          e);
    }
    own.release();
  }

  private static List<String> groups(ManifestValue settings) {
    return settings.get("groups").texts().stream().map(group -> ", " + group).toList();
  }

  private static Command environment(
      Command command, Playbook playbook, Path folder, AnsibleFiles files) {
    Command changed =
        command
            .env("HOME", folder.toString())
            .env("ANSIBLE_HOME", folder.resolve("home").toString())
            .env("ANSIBLE_LOCAL_TEMP", folder.resolve("tmp").toString())
            .env("ANSIBLE_CONNECTION_PLUGINS", files.plugins().toString())
            .env("ANSIBLE_CONFIG", playbook.configuration().orElse(files.empty()).toString())
            .env("ANSIBLE_RETRY_FILES_ENABLED", "0")
            .env("ANSIBLE_NOCOLOR", "1")
            // Not into the directory of the manifest.
            .env("PYTHONDONTWRITEBYTECODE", "1");
    if (playbook.configuration().isPresent()) {
      return changed; // Variables would hide its search paths.
    }
    return changed
        .env("ANSIBLE_ROLES_PATH", playbook.searchPath("roles") + ":/etc/ansible/roles")
        .env(
            "ANSIBLE_COLLECTIONS_PATH",
            playbook.searchPath("collections") + ":/usr/share/ansible/collections");
  }

  private static Command withList(Command command, String option, ManifestValue list) {
    return list.exists() ? command.with(option, String.join(",", list.texts())) : command;
  }
}
