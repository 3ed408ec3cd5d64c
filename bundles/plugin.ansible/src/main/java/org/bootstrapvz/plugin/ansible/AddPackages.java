/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.ansible;

import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Adds Python, which runs the modules of Ansible in the image. */
@Component
@TaskDefinition(
    description = "Adding Python for Ansible",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddPackages implements Task {
  @Override
  public void run(Build build) {
    build.provide(
        PackageRequest.class, PackageRequest.of(Interpreter.of(build.manifest().release())));
  }
}
