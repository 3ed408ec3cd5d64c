/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cleanup;

import java.io.IOException;
import java.util.List;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.PurgeUnusedPackages;
import org.osgi.service.component.annotations.Component;

/** Removes temporary files and the logs of the installation. */
@Component
@TaskDefinition(
    description = "Removing temporary files",
    phase = Phase.SYSTEM_CLEANING,
    predecessors = PurgeUnusedPackages.class)
public final class CleanTMP implements Task {
  /** The directories there that belong to the package base-files. */
  private static final List<String> OF_BASE_FILES = List.of("run/lock");

  @Override
  public void run(Build build) throws IOException {
    Root root = build.root();
    // What is below /run is hidden by a tmpfs on a machine, but not in a container.
    for (String folder : new String[] {"tmp", "var/tmp", "run/lock", "run"}) {
      for (String name : root.list(folder)) {
        if (!OF_BASE_FILES.contains(folder + "/" + name)) {
          root.delete(folder + "/" + name);
        }
      }
    }
    for (String log :
        new String[] {
          "bootstrap.log",
          "dpkg.log",
          "alternatives.log",
          "apt/history.log",
          "apt/term.log",
          "apt/eipp.log.xz"
        }) {
      root.delete("var/log/" + log);
    }
  }
}
