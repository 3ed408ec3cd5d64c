/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.docker_daemon;

import java.util.Collection;
import java.util.List;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.apt.AddBackports;
import org.osgi.service.component.annotations.Component;

/** Installs Docker, with container images that it has from its first start on. */
@Component
@PluginDefinition(
    name = "docker_daemon",
    description = "Installs Docker, with container images from the first boot on")
public final class DockerDaemonPlugin implements Plugin {
  static final String SETTINGS = "plugins.docker_daemon";

  private static final int WHEEZY = 7;
  static final int STRETCH = 9;

  @Override
  public void check(Manifest manifest, Problems problems) {
    ManifestValue settings = manifest.at(SETTINGS);
    if (settings.get("version").exists()) {
      problems.warning(
          settings.get("version"),
          "The version is not used: the image gets the Docker of its packages",
          "Remove the key. To choose a version, pin the package in packages.preferences");
    }
    if (manifest.release().version() == STRETCH && !settings.get("package").exists()) {
      problems.warning(
          settings,
          "Debian 9 has no package docker.io",
          "Add a repository that has Docker to packages.sources, and name its package: package:"
              + " docker-ce");
    }
    if (manifest.release().version() == WHEEZY && !hasKernelOfBackports(manifest)) {
      problems.error(
          manifest.at("packages.preferences"),
          "The kernel of Debian 7 is too old for Docker",
          "Pin linux-image* to release n=wheezy-backports in packages.preferences");
    }
  }

  private static boolean hasKernelOfBackports(Manifest manifest) {
    return manifest.at("packages.preferences").entries().values().stream()
        .flatMap(file -> file.items().stream())
        .anyMatch(
            pin ->
                pin.get("package").text().contains("linux-image")
                    && pin.get("pin").text().contains("wheezy-backports"));
  }

  @Override
  public Collection<HostFile> hostFiles(Manifest manifest) {
    return ContainerImage.of(manifest).stream()
        .filter(ContainerImage::isFile)
        .map(image -> HostFile.of(manifest, image.setting()))
        .toList();
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(AddDockerDeps.class).add(AddDockerInit.class).add(EnableMemoryCgroup.class);
    if (!manifest.release().atLeast(STRETCH)) {
      tasks.add(AddBackports.class);
    }
    List<ContainerImage> images = ContainerImage.of(manifest);
    if (images.stream().anyMatch(ContainerImage::isFile)) {
      tasks.add(CheckImages.class);
    }
    if (!images.isEmpty()) {
      tasks.add(PullDockerImages.class);
    }
    if (!images.stream().allMatch(ContainerImage::isFile)) {
      tasks.requireCommand(HostCommand.parse("skopeo (skopeo)"));
    }
  }
}
