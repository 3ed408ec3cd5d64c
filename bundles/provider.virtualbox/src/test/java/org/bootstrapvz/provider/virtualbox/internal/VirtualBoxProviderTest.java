/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.virtualbox.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.common.ovf.MacAddress;
import org.bootstrapvz.common.ovf.OvfDescriptor;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.ManifestChecker;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualBoxProviderTest {
  private static final String MANIFEST =
      """
      name: debian
      provider:
        name: virtualbox
      bootstrapper:
        workspace: /target
      system:
        release: trixie
        architecture: amd64
        bootloader: grub
        charmap: UTF-8
        locale: en_US
        timezone: UTC
      volume:
        backing: vmdk
        partitions:
          type: msdos
          root:
            filesystem: ext4
            size: 1GiB
      """;

  @TempDir Path folder;
  private final VirtualBoxProvider provider = new VirtualBoxProvider();
  private ManifestChecker checker;

  @BeforeEach
  void setUp() {
    checker = new ManifestChecker(new ManifestFiles(), folder);
  }

  private static String with(String settings) {
    return MANIFEST.replace("name: virtualbox\n", "name: virtualbox\n" + settings);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vmdk", "vdi"})
  void aDiskOfVirtualBoxIsConvertedAndMoved(String backing) throws IOException {
    var manifest = checker.check(MANIFEST.replace("vmdk", backing), provider, "");
    assertEquals(List.of(), checker.problems());
    Set<String> tasks = TestTaskSet.selectedBy(provider, manifest).names();
    assertTrue(tasks.containsAll(List.of("ConvertImage", "MoveImage")), tasks.toString());
    assertFalse(tasks.contains("PackageOva"), tasks.toString());
    assertFalse(tasks.contains("InstallGuestAdditions"), tasks.toString());
  }

  @Test
  void theCloudKernelIsRefusedAsItHasNoDriverForTheDisk() throws IOException {
    checker.check(MANIFEST.replace("bootloader:", "kernel: cloud\n  bootloader:"), provider, "");
    assertEquals(1, checker.problems().size(), checker.problems().toString());
    assertTrue(
        checker
            .problems()
            .get(0)
            .toString()
            .contains("has no driver for VirtualBox's disk controller"),
        checker.problems().toString());
  }

  @Test
  void anOvaIsCreatedOnRequest() throws IOException {
    var manifest = checker.check(with("  ova: true\n"), provider, "");
    assertEquals(List.of(), checker.problems());
    Set<String> tasks = TestTaskSet.selectedBy(provider, manifest).names();
    assertTrue(
        tasks.containsAll(List.of("ConvertToStreamOptimized", "PackageOva", "MoveImage")),
        tasks.toString());
  }

  @Test
  void guestAdditionsAreInstalledFromTheIsoImage() throws IOException {
    var manifest = checker.check(with("  guest_additions: a.iso\n"), provider, "");
    assertEquals(List.of(), checker.problems());
    Set<String> tasks = TestTaskSet.selectedBy(provider, manifest).names();
    assertTrue(
        tasks.containsAll(
            List.of(
                "CheckGuestAdditionsPath", "AddGuestAdditionsPackages", "InstallGuestAdditions")),
        tasks.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "grub, bios, BIOS",
    "grub, hybrid, BIOS",
    "grub, uefi, EFI",
    "extlinux, , BIOS",
    "systemd-boot, , EFI",
    "uki, , EFI",
    "uki, uefi, EFI"
  })
  void theMachineHasTheFirmwareThatStartsItsBootloader(
      String bootloader, String firmware, String expected) throws IOException {
    var manifest =
        checker.check(
            MANIFEST.replace(
                "bootloader: grub",
                "bootloader: "
                    + bootloader
                    + (firmware == null ? "" : "\n  firmware: " + firmware)),
            provider,
            "");
    assertEquals(List.of(), checker.problems());
    String xml =
        OvfDescriptor.of(
                manifest,
                new OvfDescriptor.Disk("disk1.vmdk", new Bytes(1), new Bytes(1)),
                MacAddress.ofVirtualBox(new Random(1)))
            .xml();
    assertTrue(xml.contains("<Firmware type=\"" + expected + "\"/>"), xml);
  }

  @Test
  void aBootloaderOfUefiIsInstalledAndItsDiskPacked() throws IOException {
    var manifest =
        checker.check(
            with("  ova: true\n").replace("bootloader: grub", "bootloader: systemd-boot"),
            provider,
            "");
    Set<String> tasks = TestTaskSet.selectedBy(provider, manifest).names();
    assertTrue(
        tasks.containsAll(List.of("InstallSystemdBoot", "AddKernelEntry", "PackageOva")),
        tasks.toString());
    assertFalse(tasks.contains("InstallGrub"), tasks.toString());
  }

  @Test
  void aRawImageIsAllowedWithAWarning() throws IOException {
    checker.check(MANIFEST.replace("vmdk", "raw"), provider, "");
    assertEquals(1, checker.problems().size(), checker.problems().toString());
    assertTrue(
        checker
            .problems()
            .get(0)
            .matches("volume\\.backing: VirtualBox cannot use a raw image .*Write vmdk or vdi"),
        checker.problems().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backing: vmdk>backing: qcow2",
        "bootloader: grub>bootloader: none",
        "bootloader: grub>bootloader: pvgrub",
        "amd64>arm64"
      })
  void anImageThatVirtualBoxCannotRunIsAnError(String change) throws IOException {
    String[] change2 = change.split(">");
    checker.check(MANIFEST.replace(change2[0], change2[1]), provider, "");
    assertFalse(checker.problems().isEmpty());
  }
}
