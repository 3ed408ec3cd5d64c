/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.network;

import java.io.IOException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Sets the host name. */
@Component
@TaskDefinition(
    description = "Writing hostname into the hostname file",
    phase = Phase.OS_INSTALLATION,
    predecessors = WriteHosts.class)
public final class SetHostname implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    Root root = build.root();
    String hostname = build.manifest().expand(build.manifest().at("system.hostname").text());
    root.write("etc/hostname", hostname + "\n", 0644);
    root.append("etc/hosts", "127.0.1.1\t" + hostname + "\n");
  }
}
