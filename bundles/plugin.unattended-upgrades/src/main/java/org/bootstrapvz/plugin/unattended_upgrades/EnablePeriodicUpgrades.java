/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.unattended_upgrades;

import java.io.IOException;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Sets the intervals of package list updates, downloads and installations. */
@Component
@TaskDefinition(
    description = "Writing the intervals of unattended upgrades",
    phase = Phase.SYSTEM_MODIFICATION)
public final class EnablePeriodicUpgrades implements Task {
  @Override
  public void run(Build build) throws IOException {
    ManifestValue settings = build.manifest().at("plugins.unattended_upgrades");
    // This name sorts after 20auto-upgrades, where the package sets its own intervals.
    build
        .root()
        .write(
            "etc/apt/apt.conf.d/52periodic",
            """
            APT::Periodic::Enable "1";
            APT::Periodic::Update-Package-Lists "%d";
            APT::Periodic::Download-Upgradeable-Packages "%d";
            APT::Periodic::Unattended-Upgrade "%d";
            """
                .formatted(
                    settings.get("update_interval").integer(),
                    settings.get("download_interval").integer(),
                    settings.get("upgrade_interval").integer()));
  }
}
