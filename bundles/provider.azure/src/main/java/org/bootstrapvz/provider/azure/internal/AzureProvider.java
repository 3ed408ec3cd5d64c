/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.internal;

import java.util.regex.Pattern;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.extension.ProviderDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.StandardTasks;
import org.bootstrapvz.common.apt.AddBackports;
import org.bootstrapvz.common.cloud.CloudImage;
import org.bootstrapvz.common.cloud.ConfigureCloudInit;
import org.bootstrapvz.common.cloud.SetTimeServers;
import org.bootstrapvz.common.packages.AddTimeSynchronization;
import org.bootstrapvz.provider.azure.boot.ConfigureGrub;
import org.bootstrapvz.provider.azure.packages.DefaultPackages;
import org.bootstrapvz.provider.azure.packages.Waagent;
import org.bootstrapvz.provider.azure.time.AddChrony;
import org.bootstrapvz.provider.azure.time.ConfigureChrony;
import org.bootstrapvz.provider.azure.upload.CheckCloud;
import org.bootstrapvz.provider.azure.upload.Destination;
import org.bootstrapvz.provider.azure.upload.RegisterImage;
import org.bootstrapvz.provider.azure.upload.UploadImage;
import org.osgi.service.component.annotations.Component;

/** Images for Azure, Microsoft's cloud. */
@Component
@ProviderDefinition(name = "azure", description = "Disk images for Microsoft Azure")
public final class AzureProvider implements Provider {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?");

  @Override
  public void check(Manifest manifest, Problems problems) {
    StandardTasks.check(manifest, problems);
    CloudImage.checkName(
        manifest.name(),
        NAME,
        manifest,
        "Azure allows up to 80 letters, digits, underscores, dots and dashes; the first is a letter"
            + " or digit, and the last one is not a dot or dash",
        problems);
    ManifestValue version = manifest.at("provider.waagent.version");
    if (version.exists()) {
      problems.warning(
          version,
          "It has no effect: the agent is Debian's package waagent, not a download",
          "Remove it");
    }
    UploadSettings.check(manifest, problems);
  }

  /** Time servers of the manifest are those of systemd-timesyncd, with which chrony conflicts. */
  private static boolean usesChrony(Manifest manifest) {
    return AddTimeSynchronization.isWanted(manifest) && !manifest.at("plugins.ntp").exists();
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    CloudImage.addTo(tasks, manifest);
    tasks
        .add(AddBackports.class)
        .add(DefaultPackages.class)
        .add(Waagent.class)
        .add(ConfigureCloudInit.class)
        .add(ConfigureGrub.class);
    if (usesChrony(manifest)) {
      tasks
          .discard(AddTimeSynchronization.class)
          .discard(SetTimeServers.class)
          .add(AddChrony.class)
          .add(ConfigureChrony.class);
    }
    if (Destination.isWanted(manifest)) {
      tasks.add(CheckCloud.class).add(UploadImage.class).add(RegisterImage.class);
    }
  }
}
