/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Relation;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.testkit.TestManifest;

/** A plan as large as that of a real image. */
public final class SamplePlan {
  /** Lines of {@code owner name = description < predecessors}, under the names of phases. */
  private static final String TASKS =
      """
      # VALIDATION
      common loopback.AddRequiredCommands = Naming the commands for images in files
      common filesystem.AddRequiredCommands = Naming the commands for filesystems
      common bootstrap.AddRequiredCommands = Naming the commands for the base system
      common partitioning.AddRequiredCommands = Naming the commands for partition tables
      common host.CheckExternalCommands = Checking that the host has all commands \
      < loopback.AddRequiredCommands filesystem.AddRequiredCommands \
      bootstrap.AddRequiredCommands partitioning.AddRequiredCommands
      plugin.puppet CheckRequestedDebianRelease = Checking that there are packages for the release
      plugin.puppet CheckAssetsPath = Checking that the folder of assets is there \
      < CheckRequestedDebianRelease
      # PREPARATION
      common grub.InitGrubConfig = Starting with an empty grub configuration
      common apt.AddDefaultSources = Adding the package sources of the release
      provider.kvm packages.DefaultPackages = Adding the kernel for virtual machines
      common locale.LocaleBootstrapPackage = Adding what locales need
      common grub.AddGrubPackage = Adding the bootloader
      common workspace.CreateWorkspace = Making the folder of the build
      common ssh.AddOpenSSHPackage = Adding the ssh server
      plugin.admin-user AddSudoPackage = Adding sudo
      # VOLUME_CREATION
      common loopback.Create = Making an empty image file that will hold all partitions of the volume
      common volume.Attach = Attaching the volume < loopback.Create
      # VOLUME_PREPARATION
      common partitioning.PartitionVolume = Writing the partition table
      common partitioning.MapPartitions = Finding the partitions < partitioning.PartitionVolume
      common filesystem.Format = Making the filesystems < partitioning.MapPartitions
      common filesystem.TuneVolumeFS = Switching off periodic checks < filesystem.Format
      # VOLUME_MOUNTING
      common filesystem.CreateRoot = Making the mount point of the root
      common filesystem.MountRoot = Mounting the root < filesystem.CreateRoot
      common filesystem.MountAdditional = Mounting the other partitions < filesystem.MountRoot
      common filesystem.ChmodMountDirs = Setting the modes of mount points \
      < filesystem.MountAdditional
      # OS_INSTALLATION
      common bootstrap.Bootstrap = Installing the base system
      common filesystem.MountSpecials = Mounting proc, sys and dev < bootstrap.Bootstrap
      common filesystem.CopyMountTable = Copying the mount table < filesystem.MountSpecials
      # PACKAGE_INSTALLATION
      common locale.GenerateLocale = Generating the chosen locale
      common apt.DisableDaemonAutostart = Keeping services from starting
      common apt.WriteSources = Writing the package sources
      plugin.puppet InstallReleaseKey = Installing the key that signs the packages of the agent
      common apt.AptUpdate = Fetching the package lists \
      < locale.GenerateLocale apt.WriteSources InstallReleaseKey
      common apt.AptUpgrade = Upgrading the base system < apt.DisableDaemonAutostart apt.AptUpdate
      common packages.InstallPackages = Installing the chosen packages < apt.AptUpgrade
      common kernel.DetermineKernelVersion = Finding the version of the kernel \
      < packages.InstallPackages
      # SYSTEM_MODIFICATION
      common grub.RemoveGrubTimeout = Starting without a pause
      common filesystem.FStab = Writing the table of filesystems
      common grub.SetGrubTerminalToConsole = Showing the boot menu on the console
      common ssh.AddSSHKeyGeneration = Having host keys made at the first boot
      common network.ConfigureNetworkIF = Configuring the network
      common locale.SetLocalTimeLink = Linking the local time
      common kernel.SetSerialConsole = Sending kernel messages to the serial port
      provider.kvm boot.SetVirtualConsole = Sending kernel messages to the screen, \
      too, unless the manifest wants them on the serial port alone \
      < kernel.SetSerialConsole
      common grub.DisablePNIN = Keeping the old names of network interfaces
      common grub.DisableGrubRecovery = Leaving out recovery entries
      plugin.admin-user CreateAdminUser = Making the account of the administrator
      provider.kvm virtio.VirtIO = Putting the drivers for virtual devices into the initial ramdisk
      common security.EnableShadowConfig = Keeping passwords in the shadow file
      common systemd.InstallUnits = Installing scripts for the start < ssh.AddSSHKeyGeneration \
      CreateAdminUser
      common locale.SetTimezone = Setting the time zone
      plugin.admin-user AdminUserPassword = Setting the administrator's password < CreateAdminUser
      plugin.admin-user PasswordlessSudo = Allowing sudo without a password < CreateAdminUser
      plugin.puppet InstallPuppetAgent = Installing the agent
      plugin.puppet InstallModules = Installing modules < InstallPuppetAgent
      plugin.puppet CopyPuppetAssets = Copying the folder of assets < InstallModules
      common grub.WriteGrubConfig = Writing the grub configuration < grub.RemoveGrubTimeout \
      grub.SetGrubTerminalToConsole boot.SetVirtualConsole grub.DisablePNIN \
      grub.DisableGrubRecovery
      common grub.InstallGrub_2 = Installing grub < grub.WriteGrubConfig filesystem.FStab
      common kernel.UpdateInitramfs = Making the initial ramdisk < grub.InstallGrub_2
      # SYSTEM_CLEANING
      common cleanup.CleanTMP = Emptying the folders for temporary files
      common ssh.ShredHostkeys = Removing the ssh host keys
      common apt.PurgeUnusedPackages = Removing packages that nothing needs
      common network.RemoveHostname = Removing the name of the host
      common apt.EnableDaemonAutostart = Letting services start again
      common cleanup.ClearMachineId = Emptying the machine id
      common apt.AptClean = Removing downloaded packages
      common network.RemoveDNSInfo = Removing the name servers of the host < apt.AptClean
      common cleanup.ClearMOTD = Emptying the message of the day
      # VOLUME_UNMOUNTING
      common filesystem.RemoveMountTable = Removing the mount table
      common filesystem.UnmountRoot = Unmounting the root < filesystem.RemoveMountTable
      common filesystem.ReleaseRoot = Removing the mount point < filesystem.UnmountRoot
      common partitioning.UnmapPartitions = Letting go of the partitions < filesystem.UnmountRoot
      common volume.Detach = Detaching the volume < partitioning.UnmapPartitions
      # IMAGE_REGISTRATION
      common image.MoveImage = Moving the image to where it belongs
      # CLEANING
      common workspace.DeleteWorkspace = Removing the folder of the build
      """;

  private SamplePlan() {}

  /** The plan, of a manifest in this file. */
  public static Plan of(Path file) {
    return named(file, "image");
  }

  /** The plan, of a manifest in this file for an image of this name. */
  static Plan named(Path file, String image) {
    List<PlannedTask> tasks = new ArrayList<>();
    List<Relation> relations = new ArrayList<>();
    Phase phase = null;
    for (String line : TASKS.lines().toList()) {
      if (line.startsWith("# ")) {
        phase = Phase.valueOf(line.substring(2));
        continue;
      }
      String[] parts = line.split(" = | < ");
      String owner = parts[0].split(" ")[0];
      String name = parts[0].split(" ")[1];
      String id = "org.bootstrapvz." + owner + "." + name;
      String requester = owner.equals("common") ? "provider kvm" : owner.replace('.', ' ');
      tasks.add(
          new PlannedTask(
              id, name, phase, parts[1], "org.bootstrapvz." + owner, "1.0.0", List.of(requester)));
      for (String before : parts.length > 2 ? parts[2].split(" ") : new String[0]) {
        String beforeId =
            tasks.stream()
                .filter(task -> task.name().equals(before))
                .findFirst()
                .orElseThrow()
                .id();
        relations.add(new Relation(beforeId, id, name + " is declared after " + before));
      }
    }
    return new Plan(
        new TestManifest().with("name", image).withFile(file),
        "kvm",
        List.of("admin_user", "puppet"),
        List.copyOf(tasks),
        List.copyOf(relations),
        new TreeSet<>());
  }
}
