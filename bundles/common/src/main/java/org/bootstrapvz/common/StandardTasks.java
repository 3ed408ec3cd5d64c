/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common;

import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.apt.AddDefaultSources;
import org.bootstrapvz.common.apt.AddManifestPreferences;
import org.bootstrapvz.common.apt.AddManifestSources;
import org.bootstrapvz.common.apt.AptClean;
import org.bootstrapvz.common.apt.AptUpdate;
import org.bootstrapvz.common.apt.AptUpgrade;
import org.bootstrapvz.common.apt.CheckMirrors;
import org.bootstrapvz.common.apt.DisableDaemonAutostart;
import org.bootstrapvz.common.apt.EnableDaemonAutostart;
import org.bootstrapvz.common.apt.FindMirrors;
import org.bootstrapvz.common.apt.FindRelease;
import org.bootstrapvz.common.apt.InstallTrustedKeys;
import org.bootstrapvz.common.apt.LeaveSnapshot;
import org.bootstrapvz.common.apt.PurgeUnusedPackages;
import org.bootstrapvz.common.apt.ValidateCredentials;
import org.bootstrapvz.common.apt.ValidateTrustedKeys;
import org.bootstrapvz.common.apt.WriteConfiguration;
import org.bootstrapvz.common.apt.WritePreferences;
import org.bootstrapvz.common.apt.WriteSources;
import org.bootstrapvz.common.bootstrap.Bootstrap;
import org.bootstrapvz.common.bootstrap.ExcludePackagesInBootstrap;
import org.bootstrapvz.common.bootstrap.IncludePackagesInBootstrap;
import org.bootstrapvz.common.bootstrap.MakeTarball;
import org.bootstrapvz.common.cleanup.AddKeyGeneration;
import org.bootstrapvz.common.cleanup.CleanTMP;
import org.bootstrapvz.common.cleanup.ClearMOTD;
import org.bootstrapvz.common.cleanup.ClearMachineId;
import org.bootstrapvz.common.cleanup.FindTraces;
import org.bootstrapvz.common.cleanup.RemoveBuildTraces;
import org.bootstrapvz.common.cleanup.RemoveUniqueFiles;
import org.bootstrapvz.common.kernel.DeferInitramfs;
import org.bootstrapvz.common.kernel.DetermineKernelVersion;
import org.bootstrapvz.common.kernel.KernelPackages;
import org.bootstrapvz.common.kernel.PrepareInitramfs;
import org.bootstrapvz.common.kernel.RemoveInitramfsHook;
import org.bootstrapvz.common.kernel.UpdateInitramfs;
import org.bootstrapvz.common.locale.CheckLocale;
import org.bootstrapvz.common.locale.GenerateLocale;
import org.bootstrapvz.common.locale.LocaleBootstrapPackage;
import org.bootstrapvz.common.locale.SetLocalTimeLink;
import org.bootstrapvz.common.locale.SetTimezone;
import org.bootstrapvz.common.network.AddNetworkPackages;
import org.bootstrapvz.common.network.ConfigureNetworkIF;
import org.bootstrapvz.common.network.RemoveDNSInfo;
import org.bootstrapvz.common.network.RemoveHostname;
import org.bootstrapvz.common.network.SetHostname;
import org.bootstrapvz.common.network.SetSandboxHostname;
import org.bootstrapvz.common.network.WriteHosts;
import org.bootstrapvz.common.packages.AddManifestPackages;
import org.bootstrapvz.common.packages.AddTaskselStandardPackages;
import org.bootstrapvz.common.packages.CheckLocalPackages;
import org.bootstrapvz.common.packages.InstallPackages;
import org.bootstrapvz.common.security.EnableShadowConfig;
import org.bootstrapvz.common.ssh.AddSSHKeyGeneration;
import org.bootstrapvz.common.ssh.ShredHostkeys;
import org.bootstrapvz.common.systemd.InstallUnits;
import org.bootstrapvz.common.volume.VolumeTasks;
import org.bootstrapvz.common.workspace.CreateWorkspace;
import org.bootstrapvz.volume.VolumeLayout;

/**
 * The tasks that every bootable disk image needs, depending on its manifest. Providers start from
 * these.
 */
public final class StandardTasks {
  private StandardTasks() {}

  /** Adds them to a task set. */
  public static void addTo(TaskSet tasks, Manifest manifest) {
    addBase(tasks, manifest);
    VolumeTasks.addTo(tasks, manifest);
    tasks
        .add(DeferInitramfs.class)
        .add(DetermineKernelVersion.class)
        .add(PrepareInitramfs.class)
        .add(UpdateInitramfs.class)
        .add(RemoveInitramfsHook.class);
    addNetwork(tasks, manifest);
    addApt(tasks, manifest);
    tasks.add(EnableShadowConfig.class);
    tasks
        .add(LocaleBootstrapPackage.class)
        .add(GenerateLocale.class)
        .add(CheckLocale.class)
        .add(SetTimezone.class)
        .add(SetLocalTimeLink.class);
    tasks.add(AddSSHKeyGeneration.class).add(AddKeyGeneration.class).add(InstallUnits.class);
    tasks
        .add(ClearMOTD.class)
        .add(CleanTMP.class)
        .add(ClearMachineId.class)
        .add(ShredHostkeys.class)
        .add(RemoveBuildTraces.class)
        .add(RemoveUniqueFiles.class)
        .add(FindTraces.class);
  }

  /**
   * Reports settings of the manifest that these tasks do not support. Providers call it from their
   * own check.
   */
  public static void check(Manifest manifest, Problems problems) {
    VolumeLayout.check(manifest, problems);
    KernelPackages.check(manifest, problems);
  }

  private static void addBase(TaskSet tasks, Manifest manifest) {
    tasks.add(CreateWorkspace.class).add(Bootstrap.class).add(RemoveDNSInfo.class);
    tasks.add(WriteHosts.class);
    if (manifest.at("system.hostname").exists()) {
      tasks.add(SetSandboxHostname.class).add(SetHostname.class);
    } else {
      tasks.add(RemoveHostname.class);
    }
    if (manifest.at("bootstrapper.tarball").isTrue(false)) {
      tasks.add(MakeTarball.class);
    }
    if (manifest.at("bootstrapper.include_packages").exists()) {
      tasks.add(IncludePackagesInBootstrap.class);
    }
    if (manifest.at("bootstrapper.exclude_packages").exists()) {
      tasks.add(ExcludePackagesInBootstrap.class);
    }
  }

  /** As in the original, an image of variant minbase without netbase has no network. */
  private static void addNetwork(TaskSet tasks, Manifest manifest) {
    boolean minbase = manifest.at("bootstrapper.variant").text("").equals("minbase");
    boolean netbase = manifest.at("bootstrapper.include_packages").texts().contains("netbase");
    if (minbase && !netbase) {
      return;
    }
    tasks.add(AddNetworkPackages.class).add(ConfigureNetworkIF.class);
  }

  private static void addApt(TaskSet tasks, Manifest manifest) {
    tasks
        .add(FindMirrors.class)
        .add(CheckMirrors.class)
        .add(AddDefaultSources.class)
        .add(WriteSources.class)
        .add(DisableDaemonAutostart.class)
        .add(AptUpdate.class)
        .add(AptUpgrade.class)
        .add(InstallPackages.class)
        .add(PurgeUnusedPackages.class)
        .add(AptClean.class)
        .add(EnableDaemonAutostart.class);
    if (LeaveSnapshot.isNeeded(manifest)) {
      tasks.add(LeaveSnapshot.class);
    }
    if (FindRelease.isNeeded(manifest.release())) {
      tasks.add(FindRelease.class);
    }
    if (ValidateCredentials.isNeeded(manifest)) {
      tasks.add(ValidateCredentials.class);
    }
    ManifestValue packages = manifest.at("packages");
    if (packages.get("sources").exists()) {
      tasks.add(AddManifestSources.class);
    }
    boolean keys = InstallTrustedKeys.isNeeded(manifest);
    if (keys) {
      tasks.add(InstallTrustedKeys.class);
    }
    if (keys || manifest.at("bootstrapper.keyring").exists()) {
      tasks.add(ValidateTrustedKeys.class);
    }
    if (packages.get("preferences").exists()) {
      tasks.add(AddManifestPreferences.class).add(WritePreferences.class);
    }
    if (packages.get("apt.conf.d").exists()) {
      tasks.add(WriteConfiguration.class);
    }
    if (packages.get("install").exists()) {
      tasks.add(AddManifestPackages.class);
    }
    if (packages.get("install").texts().stream().anyMatch(text -> text.startsWith("/"))) {
      tasks.add(CheckLocalPackages.class);
    }
    if (packages.get("install_standard").isTrue(false)) {
      tasks.add(AddTaskselStandardPackages.class);
    }
  }
}
