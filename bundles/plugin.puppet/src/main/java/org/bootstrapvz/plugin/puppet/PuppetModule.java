/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.puppet;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;

/**
 * A module to install.
 *
 * @param name its name on a forge, {@code puppetlabs-stdlib}, or the path of its directory or
 *     archive on the host
 * @param version its version on the forge; absent for the newest one
 */
record PuppetModule(ManifestValue name, ManifestValue version) {
  private static final Pattern ON_FORGE = Pattern.compile("[A-Za-z0-9]+[-/][a-z][a-z0-9_]*");
  private static final Pattern DIRECTORY = Pattern.compile("[a-z][a-z0-9_]*");
  private static final String ARCHIVE = ".tar.gz";

  /** Returns the modules of a manifest, in their order. */
  static List<PuppetModule> of(Manifest manifest) {
    return manifest.at(PuppetPlugin.SETTINGS).get("install_modules").items().stream()
        .map(item -> new PuppetModule(item.items().get(0), second(item)))
        .toList();
  }

  /** An absent value if the list has one item only. */
  private static ManifestValue second(ManifestValue item) {
    return item.items().size() > 1 ? item.items().get(1) : item.get("version");
  }

  /** Returns whether it is a directory or an archive of the host. */
  boolean isLocal() {
    String text = name.text();
    return text.startsWith("/") || text.startsWith("./") || text.startsWith("../");
  }

  /** Returns whether it is an archive of the host. */
  boolean isArchive() {
    return isLocal() && name.text().endsWith(ARCHIVE);
  }

  /**
   * Returns the name of the directory of a local module in the image: without the author, as Puppet
   * finds it.
   */
  String directoryName() {
    String last = String.valueOf(Path.of(name.text()).normalize().getFileName());
    return last.substring(last.lastIndexOf('-') + 1);
  }

  /** Returns the version on the forge. */
  Optional<String> versionText() {
    return version.exists() ? Optional.of(version.text()) : Optional.empty();
  }

  void check(Problems problems) {
    if (!isLocal()) {
      if (!ON_FORGE.matcher(name.text()).matches()) {
        problems.error(
            name,
            "\"" + name.text() + "\" is not the name of a module",
            "Write AUTHOR-NAME, such as puppetlabs-stdlib, or a path that starts with / or ./");
      }
      return;
    }
    if (version.exists()) {
      problems.error(
          version, "A module of the host has no version to choose from", "Remove the version");
    }
    if (!isArchive() && !DIRECTORY.matcher(directoryName()).matches()) {
      problems.error(
          name,
          "Puppet finds no module in a directory "
              + directoryName()
              + ": its name may have lower-case letters, digits and _ only",
          "Rename the directory to NAME or AUTHOR-NAME, or name an archive that ends in "
              + ARCHIVE);
    }
  }
}
