/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.docker_daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AddBackports;
import org.osgi.service.component.annotations.Component;

/** Adds the package of Docker, and those without which it downloads or starts no containers. */
@Component
@TaskDefinition(
    description = "Adding the packages of Docker",
    phase = Phase.PREPARATION,
    predecessors = AddBackports.class,
    provides = PackageRequest.class)
public final class AddDockerDeps implements Task {
  /** The first release whose client is in a package of its own. */
  private static final int TRIXIE = 13;

  @Override
  public void run(Build build) {
    ManifestValue name = build.manifest().at(DockerDaemonPlugin.SETTINGS).get("package");
    // Where the kernel has AppArmor, Docker starts no container without its parser.
    List<String> more = new ArrayList<>(List.of("ca-certificates", "apparmor"));
    if (name.exists()) {
      build.provide(PackageRequest.class, PackageRequest.of(name.text()));
    } else {
      Release release = build.manifest().release();
      Optional<String> target =
          release.atLeast(DockerDaemonPlugin.STRETCH)
              ? Optional.empty()
              : Optional.of(release.name() + "-backports");
      build.provide(PackageRequest.class, new PackageRequest("docker.io", target));
      if (release.atLeast(TRIXIE)) {
        more.add("docker-cli");
      }
    }
    for (String each : more) {
      build.provide(PackageRequest.class, PackageRequest.of(each));
    }
  }
}
