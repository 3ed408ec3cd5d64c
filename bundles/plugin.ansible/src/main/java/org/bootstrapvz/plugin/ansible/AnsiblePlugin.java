/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.ansible;

import java.util.Collection;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/** Runs a playbook of Ansible on the image. */
@Component
@PluginDefinition(name = "ansible", description = "Runs a playbook of Ansible on the image")
public final class AnsiblePlugin implements Plugin {
  static final String SETTINGS = "plugins.ansible";

  /** The account that the original deletes the files of Ansible of. */
  static final String SSH_USER = "ansible_ssh_user";

  @Override
  public Collection<HostFile> hostFiles(Manifest manifest) {
    return Playbook.of(manifest).hostFiles();
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    ManifestValue settings = manifest.at(SETTINGS);
    tasks.add(AddPackages.class).add(CheckPlaybookPath.class).add(RunAnsiblePlaybook.class);
    if (settings.get("extra_vars").get(SSH_USER).exists()) {
      tasks.add(RemoveAnsibleSSHUserDir.class);
    }
  }
}
