/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.grub;

import java.io.IOException;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.api.volume.Firmware;
import org.bootstrapvz.common.filesystem.FStab;
import org.bootstrapvz.common.kernel.UpdateInitramfs;
import org.bootstrapvz.volume.EfiPlatform;
import org.bootstrapvz.volume.Partition;
import org.bootstrapvz.volume.VolumeLayout;
import org.osgi.service.component.annotations.Component;

/**
 * Copies the modules of GRUB to /boot and creates the core image that loads them from there: for
 * BIOS one to be embedded in the volume, for UEFI one in the EFI system partition. They are created
 * by grub-mkimage of the image, so that they match its modules.
 */
@Component
@TaskDefinition(
    description = "Installing GRUB",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = {FStab.class, WriteGrubConfig.class},
    successors = UpdateInitramfs.class,
    requires = VolumeLayout.class)
public final class InstallGrub implements Task {
  static final String FOLDER = "/boot/grub";
  static final String BIOS_PLATFORM = "i386-pc";
  static final String BOOT_IMAGE = FOLDER + "/" + BIOS_PLATFORM + "/boot.img";
  static final String CORE_IMAGE = FOLDER + "/" + BIOS_PLATFORM + "/core.img";

  @Override
  public void run(Build build) throws BuildException, IOException {
    Firmware firmware = build.manifest().firmware();
    VolumeLayout layout = build.require(VolumeLayout.class);
    if (firmware.bios()) {
      List<String> modules = List.of("biosdisk", "part_" + layout.table());
      install(build.root(), layout, BIOS_PLATFORM, "grub-pc", modules, CORE_IMAGE);
    }
    if (firmware.uefi()) {
      EfiPlatform platform = EfiPlatform.of(build.manifest());
      List<String> modules = List.of("part_gpt", "part_msdos", "fat", "normal", "configfile");
      String folder = "/boot/efi/EFI/BOOT";
      build.root().makeDirectory(folder, 0755);
      install(
          build.root(),
          layout,
          platform.grub(),
          platform.debianPackage(),
          modules,
          folder + "/" + platform.bootFile());
    }
  }

  private static void install(
      Root root,
      VolumeLayout layout,
      String platform,
      String debianPackage,
      List<String> modules,
      String output)
      throws BuildException, IOException {
    String source = "/usr/lib/grub/" + platform;
    String target = FOLDER + "/" + platform;
    if (root.list(source).isEmpty()) {
      throw new BuildException(
          "The image has no " + source + ", which the package " + debianPackage + " brings");
    }
    root.makeDirectory(target, 0755);
    for (String name : root.list(source)) {
      if (name.endsWith(".mod") || name.endsWith(".lst") || name.equals("boot.img")) {
        root.copyIn(root.resolve(source + "/" + name), target + "/" + name, 0644);
      }
    }
    Partition holder = layout.holding(FOLDER);
    String prefix = holder.inside(FOLDER);
    String load = target + "/load.cfg";
    root.write(
        load, "search.fs_uuid " + holder.uuid() + " root\nset prefix=($root)'" + prefix + "'\n");
    root.run(
        Command.of("grub-mkimage", "--directory", source, "--format", platform)
            .with("--config", load, "--prefix", prefix, "--output", output)
            .with(modules)
            .with(holder.filesystem().orElseThrow().grubModule(), "search_fs_uuid"));
  }
}
