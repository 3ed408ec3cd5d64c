/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.cloud_init;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Sets the name of the user that cloud-init creates with the keys of the cloud. */
@Component
@TaskDefinition(
    description = "Setting the name of the default user",
    phase = Phase.SYSTEM_MODIFICATION)
public final class SetUsername implements Task {
  @Override
  public void run(Build build) throws IOException {
    String name = build.manifest().at("plugins.cloud_init.username").text();
    build
        .root()
        .write(
            "etc/cloud/cloud.cfg.d/91_default_user.cfg",
            """
            system_info:
              default_user:
                name: %s
                lock_passwd: true
                sudo: ["ALL=(ALL) NOPASSWD:ALL"]
                shell: /bin/bash
            """
                .formatted(name));
  }
}
