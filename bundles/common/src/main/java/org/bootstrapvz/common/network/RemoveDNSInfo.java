/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.network;

import java.io.IOException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.PurgeUnusedPackages;
import org.osgi.service.component.annotations.Component;

/** Removes the name servers of the build host; if systemd-resolved runs, its stub replaces them. */
@Component
@TaskDefinition(
    description = "Removing resolv.conf",
    phase = Phase.SYSTEM_CLEANING,
    predecessors = PurgeUnusedPackages.class)
public final class RemoveDNSInfo implements Task {
  /** The package systemd-resolved saves the configuration that it replaces. */
  private static final String SAVED_BY_RESOLVED = "etc/.resolv.conf.systemd-resolved.bak";

  @Override
  public void run(Build build) throws IOException {
    Root root = build.root();
    root.delete("etc/resolv.conf");
    root.delete(SAVED_BY_RESOLVED);
    if (root.isFile("lib/systemd/systemd-resolved")
        && NetworkConfiguration.of(build.manifest()) == NetworkConfiguration.SYSTEMD_NETWORKD) {
      root.symlink("etc/resolv.conf", "../run/systemd/resolve/stub-resolv.conf");
    }
  }
}
