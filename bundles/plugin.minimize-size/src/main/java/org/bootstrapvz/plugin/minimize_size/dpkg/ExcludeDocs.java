/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.minimize_size.dpkg;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.bootstrap.Bootstrap;
import org.bootstrapvz.common.dpkg.CreateDpkgCfg;
import org.osgi.service.component.annotations.Component;

/** Makes dpkg skip documentation, except for the copyright files that licences require. */
@Component
@TaskDefinition(
    description = "Excluding documentation from packages",
    phase = Phase.OS_INSTALLATION,
    predecessors = CreateDpkgCfg.class,
    successors = Bootstrap.class)
public final class ExcludeDocs implements Task {
  @Override
  public void run(Build build) throws IOException {
    build
        .root()
        .write(
            CreateDpkgCfg.FOLDER + "/10exclude-docs",
            """
            path-exclude=/usr/share/doc/*
            path-include=/usr/share/doc/*/copyright
            """);
  }
}
