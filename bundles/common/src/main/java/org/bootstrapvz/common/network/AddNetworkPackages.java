/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.network;

import java.util.List;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Adds the packages that configure the network: ifupdown and a DHCP client, or systemd-networkd and
 * systemd-resolved.
 */
@Component
@TaskDefinition(
    description = "Adding the network packages",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddNetworkPackages implements Task {
  @Override
  public void run(Build build) {
    boolean ifupdown = NetworkConfiguration.of(build.manifest()) == NetworkConfiguration.IFUPDOWN;
    // The ISC client was removed from Debian after bookworm; systemd-resolved became a separate
    // package in bookworm.
    String dhcp = build.manifest().release().atLeast(13) ? "dhcpcd-base" : "isc-dhcp-client";
    List<String> names =
        ifupdown
            ? List.of("ifupdown", dhcp)
            : build.manifest().release().atLeast(12)
                ? List.of("systemd", "systemd-resolved")
                : List.of("systemd");
    names.forEach(name -> build.provide(PackageRequest.class, PackageRequest.of(name)));
    build.provide(PackageRequest.class, PackageRequest.of("iproute2"));
  }
}
