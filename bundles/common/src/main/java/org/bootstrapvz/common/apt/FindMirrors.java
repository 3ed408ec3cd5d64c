/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.api.value.Secret;
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
    Optional<String> debian = MirrorSetting.DEBIAN.address(manifest).or(host::mirror);
    if (debian.isEmpty()) {
      throw new BuildException(
          "No mirror: the manifest has no packages.mirror, and this host's APT configuration names no"
              + " Debian archive. Set packages.mirror, for example to"
              + " http://mirror.example.org/debian");
    }
    Optional<String> security =
        MirrorSetting.SECURITY
            .address(manifest)
            .or(() -> manifest.at("packages.mirror").exists() ? Optional.empty() : host.security());
    if (security.isEmpty() && manifest.release().securitySuite().isPresent()) {
      build.warn("The image gets no security updates: " + NO_SECURITY_ARCHIVE);
    }
    // Those of the manifest are known as secrets from the start.
    Credentials.of(debian.get()).ifPresent(found -> build.mask(Secret.of(found.password())));
    security.flatMap(Credentials::of).ifPresent(found -> build.mask(Secret.of(found.password())));
    build.provide(Mirrors.class, new Mirrors(debian.get(), security));
    build.log("Debian archive: " + debian.get() + ", security archive: " + security.orElse("none"));
  }
}
