/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.accounts;

import java.io.IOException;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Lets users run all commands with sudo. */
@Component
@TaskDefinition(description = "Allowing users to use sudo", phase = Phase.SYSTEM_MODIFICATION)
public final class AllowSudo implements Task {
  @Override
  public void run(Build build) throws IOException {
    for (ManifestValue user : AccountsPlugin.users(build.manifest())) {
      ManifestValue sudo = user.get("sudo");
      if (sudo.exists()) {
        String name = user.get("name").text();
        String tag = sudo.text().equals("nopasswd") ? "NOPASSWD: " : "";
        build
            .root()
            .write("etc/sudoers.d/50-" + name, name + " ALL=(ALL:ALL) " + tag + "ALL\n", 0440);
      }
    }
  }
}
