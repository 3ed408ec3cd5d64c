/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.apt_proxy;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.PurgeUnusedPackages;
import org.osgi.service.component.annotations.Component;

/** Removes the proxy from the image: it may only be reachable from the build host. */
@Component
@TaskDefinition(
    description = "Removing the proxy of apt",
    phase = Phase.SYSTEM_CLEANING,
    predecessors = PurgeUnusedPackages.class)
public final class RemoveAptProxy implements Task {
  @Override
  public void run(Build build) throws IOException {
    build.root().delete(SetAptProxy.FILE);
  }
}
