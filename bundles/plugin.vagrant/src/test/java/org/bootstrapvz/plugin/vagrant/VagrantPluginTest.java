/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.vagrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.common.image.ConvertImage;
import org.bootstrapvz.common.image.MoveImage;
import org.bootstrapvz.common.ssh.DisableSSHPasswordAuthentication;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.ManifestChecker;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VagrantPluginTest {
  @TempDir Path folder;
  private final VagrantPlugin plugin = new VagrantPlugin();
  private ManifestChecker checker;

  @BeforeEach
  void setUp() {
    checker = new ManifestChecker(new ManifestFiles(), folder);
  }

  private Manifest check(String text) throws IOException {
    return checker.check(text, plugin, "plugins.vagrant");
  }

  private static Set<String> selected(VagrantPlugin plugin, Manifest manifest) {
    return TestTaskSet.selectedBy(
            plugin,
            manifest,
            ConvertImage.class.getName(),
            MoveImage.class.getName(),
            DisableSSHPasswordAuthentication.class.getName())
        .names();
  }

  @Test
  void virtualBoxIsTheDefaultAndGetsACompressedDiskInsteadOfTheImage() throws IOException {
    Set<String> tasks = selected(plugin, check(Manifests.VIRTUALBOX));
    assertEquals(List.of(), checker.problems());
    assertEquals(
        Set.of(
            "CheckBoxPath",
            "AddPackages",
            "AddOpenSSHPackage",
            "AddSSHKeyGeneration",
            "InstallUnits",
            "DisableSSHDNSLookup",
            "ShredHostkeys",
            "CreateVagrantUser",
            "AddInsecurePublicKey",
            "PasswordlessSudo",
            "SetRootPassword",
            "ConvertToStreamOptimized",
            "PackageBox"),
        tasks);
  }

  @Test
  void aBoxForLibvirtContainsTheConvertedImage() throws IOException {
    Set<String> tasks = selected(plugin, check(Manifests.LIBVIRT));
    assertEquals(List.of(), checker.problems());
    assertTrue(tasks.containsAll(List.of("ConvertImage", "PackageBox")), tasks.toString());
    assertFalse(tasks.contains("MoveImage"), tasks.toString());
    assertFalse(tasks.contains("ConvertToStreamOptimized"), tasks.toString());
  }

  @Test
  void aMachineWithoutANameIsAnError() throws IOException {
    check(Manifests.VIRTUALBOX.replace("  hostname: box\n", ""));
    assertEquals(
        List.of(
            "system.hostname: The machine of a Vagrant box needs a name: system.hostname is"
                + " missing. Add it, for example hostname: localhost"),
        checker.problems());
  }

  @Test
  void anUnsupportedBackingIsAnErrorThatNamesTheSupportedOne() throws IOException {
    check(Manifests.VIRTUALBOX.replace("vmdk", "vdi"));
    assertEquals(
        List.of(
            "plugins.vagrant.provider: A box for virtualbox is made from a vmdk of the provider"
                + " virtualbox, not from a vdi of virtualbox. Set plugins.vagrant.provider to"
                + " virtualbox and volume.backing to vmdk"),
        checker.problems());
  }

  @Test
  void anImageOfKvmIsPackedForLibvirtOnly() throws IOException {
    check(Manifests.LIBVIRT.replace("{provider: libvirt}", "{}"));
    assertEquals(
        List.of(
            "plugins.vagrant.provider: A box for virtualbox is made from a vmdk of the provider"
                + " virtualbox, not from a qcow2 of kvm. Set plugins.vagrant.provider to libvirt"
                + " and volume.backing to qcow2"),
        checker.problems());
  }

  @Test
  void anImageOfACloudIsNotPacked() throws IOException {
    check(Manifests.VIRTUALBOX.replace("name: virtualbox", "name: ec2"));
    assertEquals(1, checker.problems().size(), checker.problems().toString());
    assertTrue(
        checker
            .problems()
            .get(0)
            .startsWith("provider.name: Vagrant cannot run images of the provider"),
        checker.problems().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{provider: vmware}", "{box: a}"})
  void anUnknownSettingIsAnError(String settings) throws IOException {
    check(Manifests.VIRTUALBOX.replace("vagrant: {}", "vagrant: " + settings));
    assertEquals(1, checker.problems().size(), checker.problems().toString());
  }

  @Test
  void anImageForUefiOnlyIsPackedForLibvirtWithAWarning() throws IOException {
    check(Manifests.LIBVIRT.replace("hostname: box", "firmware: uefi" + "\n  hostname: box"));
    assertEquals(1, checker.problems().size(), checker.problems().toString());
    assertTrue(
        checker.problems().get(0).startsWith("system.firmware: Vagrant starts machines of libvirt"),
        checker.problems().toString());
  }

  @Test
  void anImageWhoseBootloaderNeedsUefiIsPackedForLibvirtWithAWarning() throws IOException {
    check(Manifests.LIBVIRT.replace("bootloader: grub", "bootloader: systemd-boot"));
    assertEquals(1, checker.problems().size(), checker.problems().toString());
    assertTrue(
        checker
            .problems()
            .get(0)
            .startsWith("system.bootloader: Vagrant starts machines of libvirt"),
        checker.problems().toString());
  }

  @Test
  void anImageForUefiOnlyIsPackedForVirtualBoxWithoutOne() throws IOException {
    check(Manifests.VIRTUALBOX.replace("bootloader: grub", "bootloader: uki"));
    assertEquals(List.of(), checker.problems());
  }
}
