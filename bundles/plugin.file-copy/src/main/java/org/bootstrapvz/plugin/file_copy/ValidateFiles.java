/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.file_copy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Checks that the files to copy exist and can be read. */
@Component
@TaskDefinition(description = "Checking the files to copy", phase = Phase.VALIDATION)
public final class ValidateFiles implements Task {
  @Override
  public void run(Build build) throws BuildException {
    List<String> wrong = new ArrayList<>();
    for (ManifestValue entry : build.manifest().at(FileCopyPlugin.SETTINGS).get("files").items()) {
      ManifestValue source = entry.get("src");
      Path file = build.manifest().resolve(source);
      if (!Files.exists(file)) {
        wrong.add(source.location() + ": " + source.path() + ": there is no " + file);
      } else if (!Files.isReadable(file)) {
        wrong.add(source.location() + ": " + source.path() + ": " + file + " cannot be read");
      }
    }
    if (!wrong.isEmpty()) {
      throw new BuildException(String.join("\n", wrong));
    }
  }
}
