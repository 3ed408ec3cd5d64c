/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.dpkg;

import java.io.IOException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Creates the directory of dpkg's configuration, so that a plugin can add files that apply to the
 * base system.
 */
@Component
@TaskDefinition(
    description = "Creating /etc/dpkg/dpkg.cfg.d before bootstrapping",
    phase = Phase.OS_INSTALLATION,
    requires = Root.class)
public final class CreateDpkgCfg implements Task {
  /** Files in it are used from the first package on. */
  public static final String FOLDER = "etc/dpkg/dpkg.cfg.d";

  @Override
  public void run(Build build) throws IOException {
    build.root().makeDirectory(FOLDER, 0755);
  }
}
