/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.network;

import java.io.IOException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Configures every Ethernet interface, whatever its name, by DHCP. */
@Component
@TaskDefinition(description = "Configuring network interfaces", phase = Phase.SYSTEM_MODIFICATION)
public final class ConfigureNetworkIF implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    Root root = build.root();
    if (NetworkConfiguration.of(build.manifest()) == NetworkConfiguration.IFUPDOWN) {
      // A pattern with "=" applies the configuration of that name to every interface that matches;
      // allow-hotplug does not support patterns.
      root.write(
          "etc/network/interfaces",
          """
          source /etc/network/interfaces.d/*

          auto lo
          iface lo inet loopback

          auto /en*=dhcp
          auto /eth*=dhcp
          iface dhcp inet dhcp
          iface dhcp inet6 auto
          """);
      root.makeDirectory("etc/network/interfaces.d", 0755);
      return;
    }
    root.write(
        "etc/systemd/network/80-dhcp.network",
        """
        [Match]
        Type=ether
        Kind=!*

        [Network]
        DHCP=yes
        IPv6AcceptRA=yes
        """);
    root.run(
        Command.of("systemctl", "enable", "systemd-networkd.service", "systemd-resolved.service"));
  }
}
