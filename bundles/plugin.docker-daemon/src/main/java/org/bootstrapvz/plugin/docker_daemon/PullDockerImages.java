/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.docker_daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Stores container images in the image, as archives that Docker loads at its first start: only
 * Docker itself knows the layout of its store. No daemon runs during the build.
 */
@Component
@TaskDefinition(description = "Pulling container images", phase = Phase.SYSTEM_MODIFICATION)
public final class PullDockerImages implements Task {
  /** The directory of the archives in the image. */
  static final String FOLDER = "var/lib/docker-images";

  private static final int DEFAULT_RETRIES = 10;
  private static final Path POLICY = Path.of("/etc/containers/policy.json");

  /** The names of architectures in registries, where they differ from those of Debian. */
  private static final Map<String, String> ARCHITECTURES =
      Map.of("i386", "386", "armhf", "arm", "armel", "arm", "ppc64el", "ppc64le");

  @Override
  public void run(Build build) throws BuildException, IOException {
    build.root().makeDirectory(FOLDER, 0700);
    int number = 0;
    for (ContainerImage image : ContainerImage.of(build.manifest())) {
      String archive = image.archive(++number);
      build.progress(0, image.name());
      if (image.isFile()) {
        Path file = build.manifest().resolve(image.setting());
        build.root().copyIn(file, FOLDER + "/" + archive, 0600);
      } else {
        pull(build, image, archive);
      }
    }
  }

  private static void pull(Build build, ContainerImage image, String archive)
      throws BuildException {
    String name = image.nameInDocker();
    Command copy =
        options(build.manifest(), image)
            .with("docker://" + image.name())
            .with("docker-archive:" + archive + (name.isEmpty() ? "" : ":" + name))
            // In the directory, since a colon in a path would end it.
            .in(build.root().path().resolve(FOLDER));
    try {
      build.run(copy.standardUmask());
    } catch (CommandException e) {
      throw new BuildException(
          image.setting().location()
              + ": "
              + image.setting().path()
              + ": the image "
              + image.name()
              + " could not be pulled. Check its name, and log in with skopeo login if its registry"
              + " needs that:\n"
              + String.join("\n", e.tail()),
          e);
    }
  }

  private static Command options(Manifest manifest, ContainerImage image) {
    String architecture =
        manifest.at("system.userspace_architecture").text(manifest.architecture());
    Command command =
        Command.of("skopeo", "--override-os", "linux", "--override-arch")
            .with(ARCHITECTURES.getOrDefault(architecture, architecture));
    if (!Files.exists(POLICY)) {
      command = command.with("--insecure-policy"); // The host checks no signatures.
    }
    int retries =
        manifest.at(DockerDaemonPlugin.SETTINGS).get("pull_images_retries").exists()
            ? manifest.at(DockerDaemonPlugin.SETTINGS).get("pull_images_retries").integer()
            : DEFAULT_RETRIES;
    command = command.with("copy", "--quiet", "--retry-times", String.valueOf(retries));
    return image.isOnThisMachine() ? command.with("--src-tls-verify=false") : command;
  }
}
