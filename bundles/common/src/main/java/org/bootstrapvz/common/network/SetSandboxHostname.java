/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.network;

import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Gives the build environment the host name of the image: packages write the name of the machine on
 * which they are installed into their configuration. The archive of a base system is made before,
 * since images with other names use it, too.
 */
@Component
@TaskDefinition(
    description = "Setting the host name of the build environment",
    phase = Phase.OS_INSTALLATION,
    commands = "hostname (hostname)")
public final class SetSandboxHostname implements Task {
  @Override
  public void run(Build build) throws BuildException {
    String hostname = build.manifest().expand(build.manifest().at("system.hostname").text());
    build.run(Command.of("hostname", hostname));
  }
}
