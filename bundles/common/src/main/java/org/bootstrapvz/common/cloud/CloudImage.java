/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cloud;

import java.util.List;
import java.util.regex.Pattern;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.common.StandardTasks;
import org.bootstrapvz.common.boot.BlackListModules;
import org.bootstrapvz.common.kernel.AddKernelAndInit;
import org.bootstrapvz.common.kernel.KernelFlavour;
import org.bootstrapvz.common.kernel.KernelPackages;
import org.bootstrapvz.common.kernel.SetSerialConsole;
import org.bootstrapvz.common.packages.AddTimeSynchronization;
import org.bootstrapvz.common.ssh.AddOpenSSHPackage;
import org.bootstrapvz.common.ssh.DisableSSHDNSLookup;
import org.bootstrapvz.common.ssh.DisableSSHPasswordAuthentication;
import org.bootstrapvz.common.ssh.SetSSHKeepAlive;
import org.bootstrapvz.common.systemd.AddExpandRoot;
import org.bootstrapvz.common.systemd.AddGrowpartPackage;
import org.bootstrapvz.volume.VolumeLayout;

/**
 * What every image for a cloud has: the providers of clouds start from these tasks. Kernel,
 * console, login and packages are those of Debian's own cloud images.
 */
public final class CloudImage {
  /** Tools that the machine and those who look after it need in every cloud. */
  private static final List<String> PACKAGES =
      List.of("apparmor", "ca-certificates", "curl", "ethtool", "sudo");

  private static final int BOOKWORM = 12;

  private CloudImage() {}

  /** Adds the tasks of a disk image for a cloud, without its packages. */
  public static void addTo(TaskSet tasks, Manifest manifest) {
    StandardTasks.addTo(tasks, manifest);
    if (AddTimeSynchronization.isWanted(manifest)) {
      tasks.add(AddTimeSynchronization.class).add(SetTimeServers.class);
    }
    tasks
        .add(AddOpenSSHPackage.class)
        .add(DisableSSHPasswordAuthentication.class)
        .add(DisableSSHDNSLookup.class)
        .add(SetSSHKeepAlive.class)
        .add(AddGrowpartPackage.class)
        .add(AddExpandRoot.class)
        .add(BlackListModules.class)
        .add(SetCloudConsole.class);
  }

  /**
   * Makes the first serial port of a PC the console, for clouds whose ARM machines have it, too.
   */
  public static void usePcSerialPort(TaskSet tasks, Manifest manifest) {
    if (manifest.architecture().equals("arm64")
        && tasks.contains(SetSerialConsole.class.getName())) {
      tasks.discard(SetSerialConsole.class).add(SetPcSerialConsole.class);
    }
  }

  /**
   * Requests the packages of an image for a cloud, on behalf of a task that provides {@link
   * PackageRequest}.
   *
   * @param own the packages for this cloud only
   */
  public static void requestPackages(Build build, List<String> own) {
    Manifest manifest = build.manifest();
    AddKernelAndInit.request(build, kernel(manifest));
    PACKAGES.forEach(name -> build.provide(PackageRequest.class, PackageRequest.of(name)));
    if (manifest.release().atLeast(BOOKWORM)) {
      // systemd-networkd sets the host name through polkit; before bookworm, systemd itself asks
      // for its predecessor.
      build.provide(PackageRequest.class, PackageRequest.of("polkitd"));
      build.provide(PackageRequest.class, PackageRequest.of("libnss-myhostname"));
    }
    own.forEach(name -> build.provide(PackageRequest.class, PackageRequest.of(name)));
  }

  /** The flavour of the manifest; if it names none, that for clouds where Debian has it. */
  public static KernelFlavour kernel(Manifest manifest) {
    if (manifest.at("system.kernel").exists()) {
      return KernelFlavour.of(manifest);
    }
    return KernelPackages.hasCloudKernel(manifest) ? KernelFlavour.CLOUD : KernelFlavour.GENERIC;
  }

  /** Reports a disk whose size is not a multiple of the unit of the cloud. */
  public static void checkGrain(Manifest manifest, Bytes grain, String what, Problems problems) {
    VolumeLayout.checkGrain(manifest, grain, what, problems);
  }

  /** Reports a name that the cloud does not accept. */
  public static void checkName(
      String name, Pattern allowed, Manifest manifest, String rule, Problems problems) {
    if (!allowed.matcher(name).matches()) {
      problems.error(
          manifest.at("name"), "\"" + name + "\" is not the name of an image there", rule);
    }
  }
}
