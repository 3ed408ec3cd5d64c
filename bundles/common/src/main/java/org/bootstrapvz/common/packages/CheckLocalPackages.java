/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.packages;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.Mirrors;
import org.osgi.service.component.annotations.Component;

/** Checks that the package files of {@code packages.install} exist and match the image. */
@Component
@TaskDefinition(
    description = "Checking the package files",
    phase = Phase.VALIDATION,
    requires = Mirrors.class,
    commands = "dpkg-deb (dpkg)")
public final class CheckLocalPackages implements Task {
  @Override
  public void run(Build build) throws BuildException {
    List<String> wrong = new ArrayList<>();
    for (ManifestValue item : build.manifest().at("packages.install").items()) {
      String text = build.require(Mirrors.class).expand(build.manifest(), item.text());
      if (!text.startsWith("/")) {
        continue;
      }
      String problem = problem(build, Path.of(text));
      if (!problem.isEmpty()) {
        wrong.add(item.location() + ": " + item.path() + ": " + problem);
      }
    }
    if (!wrong.isEmpty()) {
      throw new BuildException(String.join("\n", wrong));
    }
  }

  private static String problem(Build build, Path file) throws BuildException {
    if (!Files.isRegularFile(file)) {
      return "there is no file " + file;
    }
    String architecture;
    try {
      architecture =
          build.run(Command.of("dpkg-deb", "--field", file.toString(), "Architecture")).text();
    } catch (CommandException e) {
      return file + " is not a Debian package";
    }
    Manifest manifest = build.manifest();
    String own = manifest.programArchitecture().text();
    if (!Set.of("all", own).contains(architecture)
        && !architecture.equals(manifest.architecture())) {
      return file + " is a package for " + architecture + ", but the image is for " + own;
    }
    return "";
  }
}
