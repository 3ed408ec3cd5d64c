/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.file_copy;

import java.io.IOException;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Creates the directories in the manifest. */
@Component
@TaskDefinition(description = "Creating directories in the image", phase = Phase.USER_MODIFICATION)
public final class MkdirCommand implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    for (ManifestValue entry : build.manifest().at(FileCopyPlugin.SETTINGS).get("mkdirs").items()) {
      String folder = entry.get("dir").text();
      if (!build.root().exists(folder)) {
        build.root().makeDirectory(folder, 0755);
      }
      Ownership.apply(build, entry, folder);
    }
  }
}
