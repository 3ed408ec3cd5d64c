/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.systemdboot;

import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Adds systemd-boot to the packages of the image; up to bullseye it is part of systemd. */
@Component
@TaskDefinition(
    description = "Adding the package of systemd-boot",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddSystemdBootPackage implements Task {
  private static final int BOOKWORM = 12;

  @Override
  public void run(Build build) {
    boolean separate = build.manifest().release().atLeast(BOOKWORM);
    build.provide(PackageRequest.class, PackageRequest.of(separate ? "systemd-boot" : "systemd"));
  }
}
