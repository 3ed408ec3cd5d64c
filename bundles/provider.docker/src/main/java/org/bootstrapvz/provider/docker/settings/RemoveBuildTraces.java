/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.settings;

import java.io.IOException;
import java.util.List;
import org.bootstrapvz.api.build.Build;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AptClean;
import org.bootstrapvz.common.cleanup.CleanTMP;
import org.osgi.service.component.annotations.Component;

/**
 * Removes what tells when and how often packages were installed, so that two builds are equal: the
 * day on which passwords were changed, caches that are made anew when missing, backups.
 */
@Component
@TaskDefinition(
    description = "Removing the traces of the build",
    phase = Phase.SYSTEM_CLEANING,
    predecessors = {AptClean.class, CleanTMP.class})
public final class RemoveBuildTraces implements Task {
  private static final List<String> FILES = List.of("var/cache/ldconfig/aux-cache");

  @Override
  public void run(Build build) throws IOException {
    Root root = build.root();
    for (String file : FILES) {
      root.delete(file);
    }
  }
}
