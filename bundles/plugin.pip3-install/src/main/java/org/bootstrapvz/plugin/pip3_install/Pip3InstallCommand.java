/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.pip3_install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.network.HostResolver;
import org.osgi.service.component.annotations.Component;

/**
 * Runs pip in the image, for the whole system or in a virtual environment. Options are passed in
 * the environment: an address may contain a password, and older versions ignore unknown options
 * there.
 */
@Component
@TaskDefinition(description = "Installing Python packages", phase = Phase.SYSTEM_MODIFICATION)
public final class Pip3InstallCommand implements Task {
  private static final String WHEELS = "/tmp/pip3_install";
  private static final Pattern UNKNOWN =
      Pattern.compile("ERROR: No matching distribution found for (\\S+).*");

  @Override
  public void run(Build build) throws BuildException, IOException {
    ManifestValue settings = build.manifest().at(Pip3InstallPlugin.SETTINGS);
    ManifestValue index = settings.get("index");
    String pip = "pip3";
    if (settings.get("virtualenv").exists()) {
      String folder = settings.get("virtualenv").text();
      build.root().run(Command.of("python3", "-m", "venv", folder));
      pip = folder + "/bin/pip";
    }
    Command install =
        Command.of(pip, "install")
            .with(settings.get("packages").texts())
            .env("PIP_NO_INPUT", "1")
            .env("PIP_NO_CACHE_DIR", "1")
            .env("PIP_DISABLE_PIP_VERSION_CHECK", "1")
            .env("PIP_ROOT_USER_ACTION", "ignore")
            // PEP 668: without it, pip of Debian 12 and later refuses to change the system.
            .env("PIP_BREAK_SYSTEM_PACKAGES", "1");
    install =
        switch (Pip3InstallPlugin.index(index)) {
          case DEFAULT -> install;
          case ADDRESS -> install.env("PIP_INDEX_URL", index.text());
          case FOLDER -> {
            copyIn(build.root(), build.manifest().resolve(index));
            yield install.env("PIP_NO_INDEX", "1").env("PIP_FIND_LINKS", WHEELS);
          }
        };
    // A package may have replaced the resolver configuration.
    HostResolver.copyTo(build.root());
    try {
      build.root().run(install);
    } catch (CommandException e) {
      throw explained(settings, e);
    }
    build.root().delete(WHEELS);
  }

  private static void copyIn(Root root, Path folder) throws IOException {
    root.makeDirectory(WHEELS, 0755);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        root.copyIn(file, WHEELS + "/" + file.getFileName(), 0644);
      }
    }
  }

  private static BuildException explained(ManifestValue settings, CommandException e) {
    for (String line : e.tail()) {
      Matcher unknown = UNKNOWN.matcher(line);
      if (unknown.matches()) {
        ManifestValue packages = settings.get("packages");
        return new BuildException(
            packages.location()
                + ": "
                + packages.path()
                + ": pip finds no package "
                + unknown.group(1)
                + " that fits. Check its name and version, and plugins.pip3_install.index",
            e);
      }
    }
    return e;
  }
}
