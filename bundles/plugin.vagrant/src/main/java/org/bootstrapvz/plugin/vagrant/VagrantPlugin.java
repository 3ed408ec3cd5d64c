/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.vagrant;

import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.image.ConvertImage;
import org.bootstrapvz.common.image.ConvertToStreamOptimized;
import org.bootstrapvz.common.image.MoveImage;
import org.bootstrapvz.common.ssh.AddOpenSSHPackage;
import org.bootstrapvz.common.ssh.AddSSHKeyGeneration;
import org.bootstrapvz.common.ssh.DisableSSHDNSLookup;
import org.bootstrapvz.common.ssh.DisableSSHPasswordAuthentication;
import org.bootstrapvz.common.ssh.ShredHostkeys;
import org.bootstrapvz.common.systemd.InstallUnits;
import org.osgi.service.component.annotations.Component;

/** Packs the image as a box for Vagrant, with a user for Vagrant's logins. */
@Component
@PluginDefinition(name = "vagrant", description = "Packs the image as a box for Vagrant")
public final class VagrantPlugin implements Plugin {
  @Override
  public void check(Manifest manifest, Problems problems) {
    BoxProvider box = BoxProvider.of(manifest);
    ManifestValue where = manifest.at("plugins.vagrant.provider");
    ManifestValue provider = manifest.at("provider.name");
    ManifestValue backing = manifest.at("volume.backing");
    if (!provider.text().equals("virtualbox") && !provider.text().equals("kvm")) {
      problems.error(
          provider,
          "Vagrant cannot run images of the provider " + provider.text(),
          "Write virtualbox, or kvm for libvirt, or remove the plugin vagrant");
    } else if (!provider.text().equals(box.imageProvider())
        || !backing.text("").equals(box.backing())) {
      problems.error(
          where,
          "A box for "
              + box
              + " is made from a "
              + box.backing()
              + " of the provider "
              + box.imageProvider()
              + ", not from a "
              + backing.text("volume without backing")
              + " of "
              + provider.text(),
          "Set plugins.vagrant.provider to "
              + BoxProvider.madeFrom(provider.text())
              + " and volume.backing to "
              + BoxProvider.madeFrom(provider.text()).backing());
    }
    ManifestValue hostname = manifest.at("system.hostname");
    if (!hostname.exists()) {
      problems.error(
          hostname,
          "The machine of a Vagrant box needs a name: system.hostname is missing",
          "Add it, for example hostname: localhost");
    }
    if (box == BoxProvider.LIBVIRT) {
      checkFirmware(manifest, problems);
    }
  }

  private static void checkFirmware(Manifest manifest, Problems problems) {
    ManifestValue firmware = manifest.at("system.firmware");
    ManifestValue bootloader = manifest.at("system.bootloader");
    boolean needsUefi = manifest.bootloader().needsUefi();
    if (needsUefi || firmware.text("").equals("uefi")) {
      problems.warning(
          needsUefi ? bootloader : firmware,
          "Vagrant starts machines of libvirt with a BIOS unless the Vagrantfile of its user says"
              + " otherwise, and this image boots with UEFI only",
          needsUefi ? "Write grub" : "Write hybrid or bios");
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks
        .add(CheckBoxPath.class)
        .add(AddPackages.class)
        .add(AddOpenSSHPackage.class)
        .add(AddSSHKeyGeneration.class)
        .add(InstallUnits.class)
        .add(DisableSSHDNSLookup.class)
        .add(ShredHostkeys.class)
        .discard(DisableSSHPasswordAuthentication.class)
        .add(CreateVagrantUser.class)
        .add(AddInsecurePublicKey.class)
        .add(PasswordlessSudo.class)
        .add(SetRootPassword.class)
        .add(PackageBox.class)
        .discard(MoveImage.class);
    if (BoxProvider.of(manifest) == BoxProvider.VIRTUALBOX) {
      tasks.add(ConvertToStreamOptimized.class).discard(ConvertImage.class);
    }
  }
}
