/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.puppet;

import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Adds the package of the Puppet agent, and the certificates that a forge is checked with. */
@Component
@TaskDefinition(
    description = "Adding the package of the Puppet agent",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class InstallPuppetAgent implements Task {
  /** The first release whose package is named after the agent. */
  private static final int BOOKWORM = 12;

  @Override
  public void run(Build build) {
    Manifest manifest = build.manifest();
    String usual = manifest.release().atLeast(BOOKWORM) ? "puppet-agent" : "puppet";
    String name = manifest.at(PuppetPlugin.SETTINGS).get("package").text(usual);
    build.provide(PackageRequest.class, PackageRequest.of(name));
    if (PuppetModule.of(manifest).stream().anyMatch(module -> !module.isLocal())) {
      build.provide(PackageRequest.class, PackageRequest.of("ca-certificates"));
    }
  }
}
