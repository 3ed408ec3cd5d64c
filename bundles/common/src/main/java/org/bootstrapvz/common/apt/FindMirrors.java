/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.packages.Credentials;
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
    provides = {Mirrors.class, ImageMirrors.class})
public final class FindMirrors implements Task {
  static final String NO_SECURITY_ARCHIVE =
      "neither packages.security nor this host's APT configuration names a security archive";

  @Override
  public void run(Build build) throws BuildException, IOException {
    Manifest manifest = build.manifest();
    Optional<Snapshot> snapshot = Snapshot.of(manifest);
    if (snapshot.isPresent()) {
      use(build, snapshot.get().mirrors());
      if (snapshot.get().only()) {
        build.warn(
            "The image gets no updates: its sources are the snapshot "
                + snapshot.get().time()
                + ". To give it those of a mirror, set packages.snapshot.time and"
                + " packages.snapshot.mirror, and packages.mirror to the mirror of the image");
      } else {
        Mirrors image = mirrors(build);
        KnownCredentials.check(build, image);
        build.provide(ImageMirrors.class, new ImageMirrors(image));
      }
      return;
    }
    use(build, mirrors(build));
  }

  /** The mirrors of the manifest, or of the host. */
  private static Mirrors mirrors(Build build) throws BuildException, IOException {
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
    return new Mirrors(debian.get(), security);
  }

  private static void use(Build build, Mirrors mirrors) throws BuildException {
    KnownCredentials.check(build, mirrors);
    build.provide(Mirrors.class, mirrors);
    build.log(
        "Debian archive: "
            + Credentials.without(mirrors.debian())
            + ", security archive: "
            + mirrors.security().map(Credentials::without).orElse("none"));
  }
}
