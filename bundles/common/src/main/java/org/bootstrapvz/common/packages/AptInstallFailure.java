/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;

/** Explains why {@code apt-get install} failed, as far as its output and the root indicate. */
final class AptInstallFailure {
  private static final Pattern UNKNOWN =
      Pattern.compile(
          "E: (?:Unable to locate package (\\S+)"
              + "|Package '?([^' ]+)'? has no installation candidate"
              + "|(?:Release|Version) '([^']+)' for '([^']+)' was not found.*)");

  private AptInstallFailure() {}

  /**
   * Returns the failure in terms of the manifest, or the failure itself if it is not a known one.
   */
  static BuildException explained(Build build, CommandException e) throws IOException {
    List<String> unknown = new ArrayList<>();
    for (String line : e.tail()) {
      Matcher matcher = UNKNOWN.matcher(line);
      if (matcher.matches()) {
        String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        String release = build.manifest().release().name();
        if (name == null) {
          release = matcher.group(3);
          name = matcher.group(4);
        }
        unknown.add(
            "There is no package "
                + name
                + " in "
                + release
                + RequestedPackages.where(build.manifest(), name));
      }
    }
    if (!unknown.isEmpty()) {
      return new BuildException(
          String.join("\n", unknown)
              + "\nCheck the name and packages.components, which are "
              + String.join(" ", componentsOf(build.manifest())),
          e);
    }
    if (e.tail().stream().anyMatch(line -> line.contains("No space left on device"))) {
      Path root = build.root().resolve("/");
      return new BuildException(
          "The filesystem that holds the root is full ("
              + (Files.getFileStore(root).getTotalSpace() >> 20)
              + " MiB): free memory, or disk in bootstrapper.workspace",
          e);
    }
    return e;
  }

  private static List<String> componentsOf(Manifest manifest) {
    List<String> components = manifest.at("packages.components").texts();
    return components.isEmpty() ? List.of("main") : components;
  }
}
