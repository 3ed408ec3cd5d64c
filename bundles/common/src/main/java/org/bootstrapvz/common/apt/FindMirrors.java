/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.internal.apt.HostSources;
import org.osgi.service.component.annotations.Component;

/** Determines the mirrors: those of the manifest, by default those of the host. */
@Component
@TaskDefinition(
    description = "Finding the mirrors",
    phase = Phase.VALIDATION,
    provides = Mirrors.class)
public final class FindMirrors implements Task {
  static final String NO_SECURITY_ARCHIVE =
      "neither packages.security nor this host's APT configuration names a security archive";

  @Override
  public void run(Build build) throws BuildException, IOException {
    Manifest manifest = build.manifest();
    HostSources host = HostSources.read(Path.of("/etc/apt"));
    Optional<String> debian = setting(manifest, "packages.mirror").or(host::mirror);
    if (debian.isEmpty()) {
      throw new BuildException(
          "No mirror: the manifest has no packages.mirror, and this host's APT configuration names no"
              + " Debian archive. Set packages.mirror, for example to"
              + " http://mirror.example.org/debian");
    }
    Optional<String> security =
        setting(manifest, "packages.security")
            .or(() -> manifest.at("packages.mirror").exists() ? Optional.empty() : host.security());
    if (security.isEmpty() && manifest.release().securitySuite().isPresent()) {
      build.warn("The image gets no security updates: " + NO_SECURITY_ARCHIVE);
    }
    build.provide(Mirrors.class, new Mirrors(debian.get(), security));
    build.log("Debian archive: " + debian.get() + ", security archive: " + security.orElse("none"));
  }

  private static Optional<String> setting(Manifest manifest, String path) {
    ManifestValue value = manifest.at(path);
    return value.exists() ? Optional.of(value.text().replaceFirst("/+$", "")) : Optional.empty();
  }
}
