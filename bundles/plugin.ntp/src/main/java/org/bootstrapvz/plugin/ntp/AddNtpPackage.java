/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.ntp;

import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Adds the package of the client. */
@Component
@TaskDefinition(
    description = "Adding the time synchronization package",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddNtpPackage implements Task {
  private static final int BULLSEYE = 11;

  @Override
  public void run(Build build) {
    // Before bullseye it was part of systemd itself.
    boolean own = build.manifest().release().atLeast(BULLSEYE);
    build.provide(PackageRequest.class, PackageRequest.of(own ? "systemd-timesyncd" : "systemd"));
  }
}
