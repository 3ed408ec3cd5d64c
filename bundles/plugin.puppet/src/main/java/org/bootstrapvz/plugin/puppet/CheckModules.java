/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.puppet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Checks that the modules of the host are directories of modules, or archives. */
@Component
@TaskDefinition(description = "Checking the modules of Puppet", phase = Phase.VALIDATION)
public final class CheckModules implements Task {
  /** A module has at least one of these. */
  private static final List<String> CONTENT =
      List.of("manifests", "metadata.json", "lib", "functions", "types", "plans", "tasks", "files");

  @Override
  public void run(Build build) throws BuildException {
    List<String> wrong = new ArrayList<>();
    for (PuppetModule module : PuppetModule.of(build.manifest())) {
      if (module.isLocal()) {
        Path path = build.manifest().resolve(module.name());
        String problem = problem(module, path);
        if (!problem.isEmpty()) {
          wrong.add(module.name().location() + ": " + module.name().path() + ": " + problem);
        }
      }
    }
    if (!wrong.isEmpty()) {
      throw new BuildException(String.join("\n", wrong));
    }
  }

  private static String problem(PuppetModule module, Path path) {
    if (module.isArchive()) {
      return Files.isRegularFile(path) ? "" : path + " is not a file";
    }
    if (!Files.isDirectory(path)) {
      return path + " is not a directory. Name the directory of a module, or its .tar.gz archive";
    }
    return CONTENT.stream().anyMatch(name -> Files.exists(path.resolve(name)))
        ? ""
        : path + " is not a module: it has none of " + String.join(", ", CONTENT);
  }
}
