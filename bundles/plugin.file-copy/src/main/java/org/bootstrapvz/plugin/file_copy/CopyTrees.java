/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.file_copy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.files.TreeCopy;
import org.osgi.service.component.annotations.Component;

/** Copies the content of directories over the image. */
@Component
@TaskDefinition(
    description = "Copying directory trees into the image",
    phase = Phase.USER_MODIFICATION,
    predecessors = MkdirCommand.class)
public final class CopyTrees implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    for (ManifestValue entry : build.manifest().at(FileCopyPlugin.SETTINGS).get("trees").items()) {
      Path source = build.manifest().resolve(entry.get("src"));
      List<String> copied = TreeCopy.into(build.root(), source, entry.get("dst").text("/"));
      Ownership.apply(build, entry, copied);
    }
  }
}
