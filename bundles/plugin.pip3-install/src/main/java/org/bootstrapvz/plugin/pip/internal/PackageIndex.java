/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.pip.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;

/**
 * Where pip finds packages.
 *
 * @param manifest the manifest
 * @param setting the URL of an index, or a directory of the host; absent for the default of pip
 */
public record PackageIndex(Manifest manifest, ManifestValue setting) {
  /** Returns the index of the settings of a plugin. */
  public static PackageIndex of(Manifest manifest, String settings) {
    return new PackageIndex(manifest, manifest.at(settings).get("index"));
  }

  /** Returns whether it is a URL. */
  boolean isAddress() {
    return setting.exists() && setting.text().contains("://");
  }

  /** Returns whether it is a directory of the host. */
  public boolean isDirectory() {
    return setting.exists() && !isAddress();
  }

  /** Returns the directory. */
  Path directory() {
    return manifest.resolve(setting);
  }

  /** Returns the directory as a file that the manifest names; none if it is not one. */
  public Collection<HostFile> hostFiles() {
    return isDirectory() ? List.of(HostFile.of(manifest, setting)) : List.of();
  }

  /**
   * Checks that the directory exists.
   *
   * @throws BuildException if it does not; the message has the location of the setting
   */
  public void check() throws BuildException {
    if (!Files.isDirectory(directory()) || !Files.isReadable(directory())) {
      throw new BuildException(
          setting.location()
              + ": "
              + setting.path()
              + ": no such directory: "
              + directory()
              + ". If it is a URL, it must start with https://");
    }
  }
}
