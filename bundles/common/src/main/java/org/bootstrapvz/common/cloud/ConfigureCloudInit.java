/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cloud;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.network.NetworkConfiguration;
import org.osgi.service.component.annotations.Component;

/**
 * Configures cloud-init for the cloud of the image: where it looks for metadata, and the user it
 * creates. Settings of the plugin cloud_init take precedence.
 */
@Component
@TaskDefinition(
    description = "Configuring cloud-init for the cloud",
    phase = Phase.SYSTEM_MODIFICATION,
    requires = CloudGuest.class)
public final class ConfigureCloudInit implements Task {
  /** After Debian's 90_dpkg.cfg, and before the files of the plugin, whose names start with 91. */
  private static final String FILE = "etc/cloud/cloud.cfg.d/90_provider.cfg";

  @Override
  public void run(Build build) throws IOException {
    CloudGuest guest = build.require(CloudGuest.class);
    // It would otherwise prefer ifupdown, which the base system of Debian contains.
    String network =
        NetworkConfiguration.of(build.manifest()) == NetworkConfiguration.IFUPDOWN
            ? "eni"
            : "networkd";
    build
        .root()
        .write(
            FILE,
            """
            datasource_list: [%s]
            apt:
              preserve_sources_list: true
            manage_etc_hosts: true
            system_info:
              network:
                renderers: [%s]
                activators: [%s]
              default_user:
                name: %s
                lock_passwd: true
                sudo: ["ALL=(ALL) NOPASSWD:ALL"]
                shell: /bin/bash
            """
                .formatted(String.join(", ", guest.datasources()), network, network, guest.user()));
  }
}
