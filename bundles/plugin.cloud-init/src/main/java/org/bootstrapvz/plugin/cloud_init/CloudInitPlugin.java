/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.cloud_init;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.apt.AddBackports;
import org.bootstrapvz.common.systemd.AddExpandRoot;
import org.bootstrapvz.common.systemd.AddGrowpartPackage;
import org.bootstrapvz.common.systemd.InstallUnits;
import org.bootstrapvz.common.systemd.RootGrowth;
import org.osgi.service.component.annotations.Component;

/** Makes cloud-init configure the machine at its first boot, with the data of its cloud. */
@Component
@PluginDefinition(
    name = "cloud_init",
    description = "Configures the machine with cloud-init at its first boot")
public final class CloudInitPlugin implements Plugin {
  private static final int JESSIE = 8;

  /** A longer one takes long to compile, and names no module. */
  private static final int MAX_PATTERN = 500;

  /** The names in cloud-init's spelling; newer versions may have more. */
  private static final Set<String> SOURCES =
      Set.of(
          ("Akamai AliYun AltCloud Azure Bigstep CloudCIX CloudSigma CloudStack ConfigDrive DigitalOcean Ec2"
                  + " Exoscale GCE Hetzner IBMCloud LXD MAAS NoCloud None NWCS OVF OpenNebula OpenStack Oracle"
                  + " RbxCloud Scaleway SmartOS UpCloud VMware Vultr WSL")
              .split(" "));

  @Override
  public void check(Manifest manifest, Problems problems) {
    ManifestValue settings = manifest.at("plugins.cloud_init");
    RootGrowth.check(manifest, settings, problems);
    ManifestValue sources = settings.get("metadata_sources");
    for (String source : SetMetadataSource.sources(sources)) {
      if (!SOURCES.contains(source)) {
        problems.warning(
            sources,
            "cloud-init may not know the source " + source,
            Suggestion.nearest(source, SOURCES)
                .map("Did you mean "::concat)
                .orElse("Among those it knows are NoCloud, ConfigDrive, Ec2 and OpenStack"));
      }
    }
    for (ManifestValue pattern : settings.get("disable_modules").items()) {
      if (pattern.text().length() > MAX_PATTERN) {
        problems.error(
            pattern,
            "The regular expression has more than " + MAX_PATTERN + " characters",
            "Write the name of a module, for example mounts");
        continue;
      }
      try {
        Pattern.compile(pattern.text());
      } catch (PatternSyntaxException e) {
        problems.error(
            pattern,
            "\"" + pattern.text() + "\" is not a valid regular expression: " + e.getDescription(),
            "Write the name of a module, for example mounts");
      }
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    ManifestValue settings = manifest.at("plugins.cloud_init");
    tasks.add(AddCloudInitPackages.class).add(AddGrowpartPackage.class).add(SetUsername.class);
    // Where there is no cloud, cloud-init does nothing: the root filesystem grows without it. The
    // same is true of the SSH host keys.
    if (!manifest.at("volume.backing").text("").equals("folder")) {
      tasks.add(AddExpandRoot.class).add(InstallUnits.class);
    }
    if (manifest.release().atLeast(JESSIE)) {
      tasks.add(KeepAptSources.class);
    } else {
      tasks.add(AddBackports.class);
    }
    if (settings.get("metadata_sources").exists()) {
      tasks.add(SetMetadataSource.class);
    }
    if (settings.get("groups").exists()) {
      tasks.add(SetGroups.class);
    }
    if (settings.get("enable_modules").exists()) {
      tasks.add(EnableModules.class);
    }
    if (!settings.get("disable_modules").items().isEmpty()) {
      tasks.add(DisableModules.class);
    }
  }
}
