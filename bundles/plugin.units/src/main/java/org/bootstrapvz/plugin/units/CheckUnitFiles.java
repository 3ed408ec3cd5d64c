/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.units;

import java.io.IOException;
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

/** Checks that the files of units exist, and are such. */
@Component
@TaskDefinition(description = "Checking the files of systemd units", phase = Phase.VALIDATION)
public final class CheckUnitFiles implements Task {
  @Override
  public void run(Build build) throws BuildException {
    List<String> wrong = new ArrayList<>();
    for (UnitFile unit : UnitFile.of(build.manifest())) {
      ManifestValue source = unit.source();
      if (source.exists()) {
        String problem = problem(build.manifest().resolve(source));
        if (!problem.isEmpty()) {
          wrong.add(source.location() + ": " + source.path() + ": " + problem);
        }
      }
    }
    if (!wrong.isEmpty()) {
      throw new BuildException(String.join("\n", wrong));
    }
  }

  private static String problem(Path file) {
    if (!Files.isRegularFile(file)) {
      return "there is no file " + file;
    }
    try {
      return UnitFile.problem(Files.readString(file))
          .map(problem -> file + ": " + problem + ". " + UnitFile.ADVICE)
          .orElse("");
    } catch (IOException e) {
      return "the file " + file + " cannot be read as a text";
    }
  }
}
