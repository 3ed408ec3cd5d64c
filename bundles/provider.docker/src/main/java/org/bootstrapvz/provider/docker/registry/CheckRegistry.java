/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import java.net.http.HttpClient;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Logs in to the registry before anything is built, so that an error is found early. */
@Component
@TaskDefinition(description = "Checking the registry", phase = Phase.VALIDATION)
public final class CheckRegistry implements Task {
  @Override
  public void run(Build build) throws BuildException {
    Destination destination = Destination.of(build.manifest());
    build.progress(-1, destination.name().registry());
    try (Registry registry =
        new Registry(destination, Credentials.of(build.manifest()), HttpClient.newBuilder())) {
      registry.check();
    }
  }
}
