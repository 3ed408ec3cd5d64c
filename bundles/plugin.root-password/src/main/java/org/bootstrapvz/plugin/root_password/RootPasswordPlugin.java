/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.root_password;

import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.ssh.DisableSSHPasswordAuthentication;
import org.bootstrapvz.common.ssh.EnableRootLogin;
import org.osgi.service.component.annotations.Component;

/** Sets a password for root and allows root to log in with it, over SSH, too. */
@Component
@PluginDefinition(
    name = "root_password",
    description = "Sets the password of root and lets root log in with it")
public final class RootPasswordPlugin implements Plugin {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks
        .add(SetRootPassword.class)
        .add(EnableRootLogin.class)
        .discard(DisableSSHPasswordAuthentication.class);
  }
}
