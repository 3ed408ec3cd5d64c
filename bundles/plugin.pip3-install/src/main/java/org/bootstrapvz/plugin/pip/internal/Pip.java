/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.pip.internal;

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
import org.bootstrapvz.common.network.HostResolver;

/**
 * Runs pip in the image. Options are passed in the environment: an address may contain a password,
 * and older versions ignore unknown options there.
 */
public final class Pip {
  private static final String WHEELS = "/tmp/pip-packages";
  private static final Pattern UNKNOWN =
      Pattern.compile("(?:ERROR: )?No matching distribution found for (\\S+).*");

  private Pip() {}

  /**
   * Installs the packages of a plugin.
   *
   * @param settings the path of the settings of the plugin
   * @param program the pip to run
   */
  public static void install(Build build, String settings, String program)
      throws BuildException, IOException {
    ManifestValue packages = build.manifest().at(settings).get("packages");
    Command install =
        Command.of(program, "install")
            .with(packages.texts())
            .env("PIP_NO_INPUT", "1")
            .env("PIP_NO_CACHE_DIR", "1")
            .env("PIP_DISABLE_PIP_VERSION_CHECK", "1")
            .env("PIP_ROOT_USER_ACTION", "ignore")
            // PEP 668: without it, pip of Debian 12 and later refuses to change the system.
            .env("PIP_BREAK_SYSTEM_PACKAGES", "1");
    PackageIndex index = PackageIndex.of(build.manifest(), settings);
    if (index.isAddress()) {
      install = install.env("PIP_INDEX_URL", index.setting().text());
    } else if (index.isDirectory()) {
      copyIn(build.root(), index.directory());
      install = install.env("PIP_NO_INDEX", "1").env("PIP_FIND_LINKS", WHEELS);
    }
    // A package may have replaced the resolver configuration.
    HostResolver.copyTo(build.root());
    try {
      build.root().run(install);
    } catch (CommandException e) {
      throw explained(packages, settings, e);
    }
    build.root().delete(WHEELS);
  }

  /**
   * Creates a virtual environment, unless it exists.
   *
   * @return its pip
   */
  public static String virtualEnvironment(Build build, String directory) throws BuildException {
    build.root().run(Command.of("python3", "-m", "venv", directory));
    return directory + "/bin/pip";
  }

  private static void copyIn(Root root, Path folder) throws IOException {
    root.makeDirectory(WHEELS, 0755);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        root.copyIn(file, WHEELS + "/" + file.getFileName(), 0644);
      }
    }
  }

  private static BuildException explained(
      ManifestValue packages, String settings, CommandException e) {
    for (String line : e.tail()) {
      Matcher unknown = UNKNOWN.matcher(line.strip());
      if (unknown.matches()) {
        return new BuildException(
            packages.location()
                + ": "
                + packages.path()
                + ": pip finds no package "
                + unknown.group(1)
                + " that fits. Check its name and version, and "
                + settings
                + ".index",
            e);
      }
    }
    return e;
  }
}
