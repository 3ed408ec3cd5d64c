/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.internal;

import java.util.function.Consumer;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.extension.ProviderDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.StandardTasks;
import org.bootstrapvz.common.apt.EnableDaemonAutostart;
import org.bootstrapvz.common.cleanup.AddKeyGeneration;
import org.bootstrapvz.common.dpkg.CreateDpkgCfg;
import org.bootstrapvz.common.folder.CopyFolder;
import org.bootstrapvz.common.folder.MoveFolder;
import org.bootstrapvz.common.kernel.DeferInitramfs;
import org.bootstrapvz.common.kernel.DetermineKernelVersion;
import org.bootstrapvz.common.kernel.PrepareInitramfs;
import org.bootstrapvz.common.kernel.RemoveInitramfsHook;
import org.bootstrapvz.common.kernel.UpdateInitramfs;
import org.bootstrapvz.common.locale.CheckLocale;
import org.bootstrapvz.common.locale.GenerateLocale;
import org.bootstrapvz.common.locale.LocaleBootstrapPackage;
import org.bootstrapvz.common.network.AddNetworkPackages;
import org.bootstrapvz.common.network.ConfigureNetworkIF;
import org.bootstrapvz.common.ssh.AddSSHKeyGeneration;
import org.bootstrapvz.common.ssh.ShredHostkeys;
import org.bootstrapvz.common.systemd.InstallUnits;
import org.bootstrapvz.provider.docker.image.AppendManifestDockerfile;
import org.bootstrapvz.provider.docker.image.CreateImage;
import org.bootstrapvz.provider.docker.image.CreateLayer;
import org.bootstrapvz.provider.docker.image.ImageReference;
import org.bootstrapvz.provider.docker.image.PopulateLabels;
import org.bootstrapvz.provider.docker.registry.CheckRegistry;
import org.bootstrapvz.provider.docker.registry.Destination;
import org.bootstrapvz.provider.docker.registry.PushImage;
import org.bootstrapvz.provider.docker.settings.AptDefaults;
import org.bootstrapvz.provider.docker.settings.AutoRemoveKernel;
import org.bootstrapvz.provider.docker.settings.DpkgUnsafeIo;
import org.bootstrapvz.provider.docker.settings.SystemdContainer;
import org.osgi.service.component.annotations.Component;

/** Images for containers: Docker, Podman, Kubernetes and other software that runs OCI images. */
@Component
@ProviderDefinition(name = "docker", description = "OCI images for Docker, Podman and Kubernetes")
public final class DockerProvider implements Provider {
  @Override
  public void check(Manifest manifest, Problems problems) {
    report(manifest.at("name"), problems, name -> ImageReference.parse(manifest.name()));
    AppendManifestDockerfile.check(manifest, problems);
    ManifestValue push = manifest.at("provider.push");
    if (push.exists()) {
      report(push.get("to"), problems, to -> Destination.of(manifest));
    }
    if (push.get("config").exists() && push.get("username").exists()) {
      problems.error(
          push.get("config"),
          "There are two ways to log in: username and config",
          "Keep one of them");
    }
    if (!manifest.at("bootstrapper.variant").exists()) {
      problems.warning(
          manifest.at("bootstrapper"),
          "Without a variant the image gets an init system and more that a container has no use for",
          "Set bootstrapper.variant to minbase");
    }
  }

  private static void report(
      ManifestValue value, Problems problems, Consumer<ManifestValue> reader) {
    try {
      reader.accept(value);
    } catch (IllegalArgumentException e) {
      problems.error(value, String.valueOf(e.getMessage()), "");
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    StandardTasks.addTo(tasks, manifest);
    tasks
        .discard(DeferInitramfs.class)
        .discard(DetermineKernelVersion.class)
        .discard(PrepareInitramfs.class)
        .discard(RemoveInitramfsHook.class)
        .discard(AddSSHKeyGeneration.class)
        .discard(AddKeyGeneration.class)
        .discard(InstallUnits.class)
        .discard(ShredHostkeys.class)
        .discard(UpdateInitramfs.class)
        .discard(AddNetworkPackages.class)
        .discard(ConfigureNetworkIF.class)
        .discard(EnableDaemonAutostart.class)
        .discard(CopyFolder.class)
        .discard(MoveFolder.class);
    // The locales in the C library itself.
    if (manifest.at("system.locale").text().matches("C|POSIX")) {
      tasks
          .discard(LocaleBootstrapPackage.class)
          .discard(GenerateLocale.class)
          .discard(CheckLocale.class);
    }
    tasks
        .add(CreateDpkgCfg.class)
        .add(DpkgUnsafeIo.class)
        .add(AutoRemoveKernel.class)
        .add(SystemdContainer.class)
        .add(AptDefaults.class)
        .add(CreateLayer.class)
        .add(CreateImage.class);
    if (manifest.at("provider.labels").exists()) {
      tasks.add(PopulateLabels.class);
    }
    if (manifest.at("provider.dockerfile").exists()) {
      tasks.add(AppendManifestDockerfile.class);
    }
    if (manifest.at("provider.push").exists()) {
      tasks.add(CheckRegistry.class).add(PushImage.class);
    }
  }
}
