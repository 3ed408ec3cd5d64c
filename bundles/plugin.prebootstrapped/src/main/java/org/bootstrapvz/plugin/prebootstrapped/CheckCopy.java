/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.prebootstrapped;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Checks that the copy to start from exists. */
@Component
@TaskDefinition(description = "Checking the copy to start from", phase = Phase.VALIDATION)
public final class CheckCopy implements Task {
  @Override
  public void run(Build build) throws BuildException {
    Manifest manifest = build.manifest();
    ManifestValue image = manifest.at(PrebootstrappedPlugin.SETTINGS).get("image");
    ManifestValue folder = manifest.at(PrebootstrappedPlugin.SETTINGS).get("folder");
    if (image.exists() && !Files.isReadable(file(manifest, image))) {
      throw wrong(image, "there is no file " + manifest.resolve(image) + " to be read");
    }
    if (folder.exists() && !Files.isDirectory(manifest.resolve(folder).resolve("etc"))) {
      throw wrong(folder, manifest.resolve(folder) + " is not a directory with a copy of a root");
    }
  }

  private static Path file(Manifest manifest, ManifestValue image) {
    Path file = manifest.resolve(image);
    return Files.isRegularFile(file) ? file : file.resolve("no file");
  }

  private static BuildException wrong(ManifestValue where, String what) {
    return new BuildException(
        where.location()
            + ": "
            + where.path()
            + ": "
            + what
            + ". Omit it for one build, which creates it");
  }
}
