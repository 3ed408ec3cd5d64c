/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Copies of the jars from which bundles were installed, in the private directory of the engine: a
 * file of the deploy directory may be replaced while a build uses its bundle, and the framework
 * does not tell where its own copy is. Safe for use by several threads.
 */
final class InstalledJars {
  private static final char BEFORE_CHECKSUM = '#';

  private final BundleContext context;

  InstalledJars(BundleContext context) {
    this.context = context;
  }

  /** Keeps the content of a jar that is installed from a location, which ends in its checksum. */
  void keep(String location, byte[] content) throws IOException {
    Path file = file(location);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.write(file, content);
  }

  /** The jar of a bundle, if it is kept. */
  Optional<Path> of(long id) {
    Bundle bundle = context.getBundle(id);
    return bundle == null || bundle.getLocation().indexOf(BEFORE_CHECKSUM) < 0
        ? Optional.empty()
        : Optional.of(file(bundle.getLocation())).filter(Files::exists);
  }

  /** Deletes the jar of a location. */
  void forget(String location) {
    try {
      Files.deleteIfExists(file(location));
    } catch (IOException e) {
      // It is deleted with the directory of the framework.
    }
  }

  private Path file(String location) {
    File data = Objects.requireNonNull(context.getDataFile("jars"), "The framework has a storage");
    return data.toPath()
        .toAbsolutePath()
        .resolve(location.substring(location.lastIndexOf(BEFORE_CHECKSUM) + 1) + ".jar");
  }
}
