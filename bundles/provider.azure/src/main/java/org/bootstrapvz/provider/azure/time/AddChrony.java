/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.time;

import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Adds chrony, which reads the clock of the host: it is more exact than time servers. */
@Component
@TaskDefinition(
    description = "Adding chrony",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddChrony implements Task {
  @Override
  public void run(Build build) {
    build.provide(PackageRequest.class, PackageRequest.of("chrony"));
  }
}
