/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.ntp;

import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.packages.AddTimeSynchronization;
import org.osgi.service.component.annotations.Component;

/** Adds the package of the client, also to images that are not to have it by default. */
@Component
@TaskDefinition(
    description = "Adding the time synchronization package",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddNtpPackage implements Task {
  @Override
  public void run(Build build) {
    AddTimeSynchronization.request(build);
  }
}
