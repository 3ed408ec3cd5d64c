/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cleanup;

import java.io.IOException;
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
  /** A directory of the package base-files. */
  private static final String LOCK = "run/lock";

  private static final String SYSTEMD = "run/systemd";

  /** Tells programs in a container image that they run in a container. */
  private static final String CONTAINER = SYSTEMD + "/container";

  @Override
  public void run(Build build) throws IOException {
    Root root = build.root();
    // What is below /run is hidden by a tmpfs on a machine, but not in a container.
    for (String folder : new String[] {"tmp", "var/tmp", "run"}) {
      empty(root, folder);
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

  private static void empty(Root root, String folder) throws IOException {
    for (String name : root.list(folder)) {
      String path = folder + "/" + name;
      if (path.equals(LOCK) || path.equals(SYSTEMD) && root.exists(CONTAINER)) {
        empty(root, path);
      } else if (!path.equals(CONTAINER)) {
        root.delete(path);
      }
    }
  }
}
