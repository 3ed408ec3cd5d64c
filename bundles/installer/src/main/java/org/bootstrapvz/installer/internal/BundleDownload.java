/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.bootstrapvz.api.repository.DeployCheck;
import org.bootstrapvz.api.repository.RepositoryException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** Fetches jars of repositories and verifies that they are what the index says. */
final class BundleDownload {
  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final long MAX_BYTES = 1L << 30;

  private final DeployCheck check;

  BundleDownload(DeployCheck check) {
    this.check = check;
  }

  /** Fetches a jar and verifies it against its index entry. */
  DeployedJars.Checked fetch(IndexedBundle bundle, boolean asked, Path folder)
      throws RepositoryException, IOException, InterruptedException {
    String label = bundle.symbolicName() + " " + bundle.version();
    Path file = folder.resolve(bundle.symbolicName() + "-" + bundle.version() + ".jar");
    String sha256 =
        bundle.source().copy(bundle.url(), file, Math.min(bundle.size(), MAX_BYTES), TIMEOUT);
    if (!sha256.equals(bundle.sha256())) {
      throw new RepositoryException(
          "%s does not match the index %s: the SHA-256 of %s is %s, and it should be %s"
              .formatted(
                  label,
                  bundle.source().address(),
                  RepositoryAddress.shown(bundle.url()),
                  sha256,
                  bundle.sha256()));
    }
    Optional<String> refusal = check.refusal(file);
    if (refusal.isPresent()) {
      throw new RepositoryException(
          label + " is refused: " + RepositoryAddress.shown(bundle.url()) + " " + refusal.get());
    }
    requireIdentity(bundle, label, file);
    return new DeployedJars.Checked(
        file, bundle.symbolicName(), bundle.version().toString(), asked);
  }

  private static void requireIdentity(IndexedBundle bundle, String label, Path file)
      throws RepositoryException, IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      Attributes main = jar.getManifest().getMainAttributes();
      String name = main.getValue(Constants.BUNDLE_SYMBOLICNAME).split(";")[0].strip();
      String version = main.getValue(Constants.BUNDLE_VERSION);
      if (!name.equals(bundle.symbolicName())
          || !Version.parseVersion(version).equals(bundle.version())) {
        throw new RepositoryException(
            "%s does not match the index %s: the jar is %s %s"
                .formatted(label, bundle.source().address(), name, version));
      }
    }
  }
}
