/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Deletes what apt only needs during the build: downloaded packages, package lists, and credentials
 * that the manifest does not keep.
 */
@Component
@TaskDefinition(
    description = "Clearing the apt cache",
    phase = Phase.SYSTEM_CLEANING,
    predecessors = PurgeUnusedPackages.class)
public final class AptClean implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    Root root = build.root();
    deletePlainFiles(root, "var/lib/apt/lists");
    deletePlainFiles(root, "var/lib/apt/lists/partial");
    deletePlainFiles(root, "var/cache/apt/archives");
    deletePlainFiles(root, "var/cache/apt/archives/partial");
    root.delete("var/cache/apt/pkgcache.bin");
    root.delete("var/cache/apt/srcpkgcache.bin");
    SourceFiles.deleteCredentials(build);
  }

  private static void deletePlainFiles(Root root, String folder) throws IOException {
    for (String name : root.list(folder)) {
      String file = folder + "/" + name;
      if (root.isFile(file) && !name.equals("lock")) {
        root.delete(file);
      }
    }
  }
}
