/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.bootstrapvz.api.manifest.ManifestReader;

/** Loads the manifest reader of a distribution into a test that runs without a container. */
final class InstalledReader {
  /** By distribution: loading one takes a second, and a reader has no state. */
  private static final Map<Path, ManifestReader> READERS = new ConcurrentHashMap<>();

  private InstalledReader() {}

  /** Returns the reader of the distribution in the system property of its path. */
  static ManifestReader get() {
    String home = System.getProperty(DistributionContract.HOME);
    if (home == null || !Files.isDirectory(Path.of(home, "bundles"))) {
      throw new IllegalStateException(
          "The system property "
              + DistributionContract.HOME
              + " names no distribution of bootstrap-vz: "
              + home);
    }
    return READERS.computeIfAbsent(Path.of(home), InstalledReader::load);
  }

  private static ManifestReader load(Path home) {
    try {
      List<URL> jars = new ArrayList<>(jars(home.resolve("bundles"), ""));
      jars.addAll(jars(home.resolve("lib"), "slf4j-"));
      // Not closed: the reader loads more of its classes when it is used.
      ClassLoader loader =
          new URLClassLoader(jars.toArray(new URL[0]), InstalledReader.class.getClassLoader());
      return ServiceLoader.load(ManifestReader.class, loader)
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "No bundle in " + home + " offers a reader of manifests"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<URL> jars(Path folder, String prefix) throws IOException {
    List<URL> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith(prefix) && name.endsWith(".jar")) {
          jars.add(file.toUri().toURL());
        }
      }
    }
    return jars;
  }
}
