/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.apt_proxy;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.PurgeUnusedPackages;
import org.osgi.service.component.annotations.Component;

/** Keeps the proxy out of the image: it may be known only where the image is built. */
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
