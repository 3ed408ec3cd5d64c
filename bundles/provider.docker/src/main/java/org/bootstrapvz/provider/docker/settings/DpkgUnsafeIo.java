/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.settings;

import java.io.IOException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.bootstrap.Bootstrap;
import org.bootstrapvz.common.dpkg.CreateDpkgCfg;
import org.osgi.service.component.annotations.Component;

/**
 * Disables the sync after each file that dpkg writes: a container that is interrupted during an
 * installation is discarded anyway.
 */
@Component
@TaskDefinition(
    description = "Speeding up dpkg",
    phase = Phase.OS_INSTALLATION,
    predecessors = CreateDpkgCfg.class,
    successors = Bootstrap.class,
    requires = Root.class)
public final class DpkgUnsafeIo implements Task {
  @Override
  public void run(Build build) throws IOException {
    build.root().write(CreateDpkgCfg.FOLDER + "/docker-apt-speedup", "force-unsafe-io\n");
  }
}
