/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.Release;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Combinations that are not possible in a manifest. */
class BaseChecksTest {
  @TempDir Path folder;
  private ManifestChecker checker;

  @BeforeEach
  void openChecker() {
    checker = new ManifestChecker(folder);
  }

  /** Asserts the problems of the valid manifest after replacements, two texts each. */
  private void assertProblems(String problems, String... replacements) {
    String text = ManifestChecker.GOOD;
    for (int i = 0; i < replacements.length; i += 2) {
      assertEquals(true, text.contains(replacements[i]), "There is no " + replacements[i]);
      text = text.replace(replacements[i], replacements[i + 1]);
    }
    checker.read(text);
    assertEquals(problems.isEmpty() ? "" : problems + "\n", checker.problems());
  }

  @Test
  void anUnknownRelease() {
    assertProblems(
        "m.yml:7:12: error: system.release: \"trixi\" is not a Debian release. Did you mean trixie?"
            + " Known: wheezy, jessie, stretch, buster, bullseye, oldoldstable, bookworm,"
            + " oldstable, trixie, stable, forky, testing, sid, unstable",
        "release: trixie",
        "release: trixi");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nemo", "experimental", "oldoldoldstable", "kali-rolling", "r2.1"})
  void aReleaseThatOnlyTheMirrorKnowsIsNewerThanAllWithANumber(String name) {
    Manifest manifest =
        checker
            .read(ManifestChecker.GOOD.replace("release: trixie", "release: " + name))
            .orElseThrow();
    assertEquals(
        "m.yml:7:12: warning: system.release: \""
            + name
            + "\" is not a release that this version knows. The build reads from the mirror what it"
            + " is. Known: wheezy, jessie, stretch, buster, bullseye, oldoldstable, bookworm,"
            + " oldstable, trixie, stable, forky, testing, sid, unstable\n",
        checker.problems());
    assertEquals(Release.unknown(name), manifest.release());
    assertEquals(
        true, manifest.release().compareTo(new Releases().find("forky").orElseThrow()) > 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Trixie 13", "../trixie", "13", "trixie,sid"})
  void whatCannotBeTheNameOfAReleaseIsNotHandedOut(String name) {
    Manifest manifest =
        checker
            .read(ManifestChecker.GOOD.replace("release: trixie", "release: '" + name + "'"))
            .orElseThrow();
    assertEquals(
        true,
        checker.problems().startsWith("m.yml:7:12: error: system.release: "),
        checker.problems());
    assertThrows(IllegalStateException.class, manifest::release);
  }

  @Test
  void aReleaseOlderThanWheezy() {
    assertProblems(
        "m.yml:7:12: error: system.release: Debian squeeze is too old. wheezy is the oldest"
            + " possible",
        "release: trixie",
        "release: squeeze");
  }

  @Test
  void anArchivedReleaseWithoutAMirror() {
    assertProblems(
        "m.yml:7:12: warning: system.release: Debian 9 (stretch) has had no security updates since"
            + " 2022-07-01 and is on archive mirrors only. A build needs an archive mirror in"
            + " packages.mirror, its security archive in packages.security, the keys of that time"
            + " in bootstrapper.keyring; \"bootstrap-vz migrate\" writes the manifest for the"
            + " current release",
        "release: trixie",
        "release: stretch");
  }

  @Test
  void aReleaseWithoutSystemd() {
    assertProblems(
        "m.yml:7:12: warning: system.release: Debian 7 (wheezy) has had no security updates since"
            + " 2018-05-31 and is on archive mirrors only. It has a plan, but without systemd it"
            + " cannot be built any more; \"bootstrap-vz migrate\" writes the manifest for the"
            + " current release",
        "release: trixie",
        "release: wheezy");
  }

  @Test
  void anArchivedReleaseWithAMirror() {
    assertProblems(
        "m.yml:7:12: warning: system.release: Debian 9 (stretch) has had no security updates since"
            + " 2022-07-01 and is on archive mirrors only. A build needs packages.mirror to be an"
            + " archive mirror, its security archive in packages.security, the keys of that time in"
            + " bootstrapper.keyring; \"bootstrap-vz migrate\" writes the manifest for the current"
            + " release",
        "release: trixie",
        "release: stretch",
        "volume:",
        "packages: {mirror: http://mirror.example.org/debian}\nvolume:");
  }

  @Test
  void aReleaseWhoseSupportHasEnded() {
    assertProblems(
        "m.yml:7:12: warning: system.release: Debian 11 (bullseye) has had no security updates"
            + " since 2026-08-31. Build a release that is supported",
        "release: trixie",
        "release: oldoldstable");
  }

  @Test
  void testingAndUnstableNeverEnd() {
    assertProblems("", "release: trixie", "release: testing");
    assertProblems("", "release: trixie", "release: sid");
  }

  @Test
  void aForcedSignatureCheckOfAnOldRelease() {
    checker.read(
        ManifestChecker.GOOD
            .replace("release: trixie", "release: jessie")
            .replace("workspace: /target", "workspace: /target\n  force-check-gpg: true"));
    assertEquals(
        "m.yml:6:20: error: bootstrapper.force-check-gpg: The signature check cannot be forced for"
            + " jessie. Remove the key, or build stretch or later",
        checker.problems().lines().findFirst().orElse(""));
  }

  @Test
  void grubWithoutAPartitionTable() {
    assertProblems(
        "m.yml:9:15: error: system.bootloader: grub needs a partition table, but"
            + " volume.partitions.type is none. Set volume.partitions.type to gpt or msdos, or use"
            + " extlinux",
        "type: gpt",
        "type: none");
  }

  @Test
  void uefiWithoutAPartitionTable() {
    assertProblems(
        "m.yml:9:15: error: system.bootloader: grub needs a partition table, but"
            + " volume.partitions.type is none. Set volume.partitions.type to gpt or msdos, or use"
            + " extlinux\n"
            + "m.yml:10:13: error: system.firmware: UEFI needs a partition table, but"
            + " volume.partitions.type is none. Set volume.partitions.type to gpt",
        "type: gpt",
        "type: none",
        "bootloader: grub",
        "bootloader: grub\n  firmware: uefi");
  }

  @Test
  void uefiWithoutGrub() {
    assertProblems(
        "m.yml:10:13: error: system.firmware: UEFI does not start extlinux. Set system.bootloader to"
            + " grub, systemd-boot or uki, or remove firmware",
        "bootloader: grub",
        "bootloader: extlinux\n  firmware: hybrid");
  }

  @Test
  void uefiWithGrubOnEitherTable() {
    assertProblems("", "bootloader: grub", "bootloader: grub\n  firmware: hybrid");
    assertProblems(
        "", "bootloader: grub", "bootloader: grub\n  firmware: uefi", "type: gpt", "type: msdos");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bios", "hybrid"})
  void arm64WithGrubForBios(String firmware) {
    assertProblems(
        "m.yml:10:13: error: system.firmware: arm64 machines have no BIOS. Set system.firmware to"
            + " uefi, or remove it",
        "architecture: amd64",
        "architecture: arm64",
        "bootloader: grub",
        "bootloader: grub\n  firmware: " + firmware);
  }

  @Test
  void riscv64WithGrubForBios() {
    assertProblems(
        "m.yml:10:13: error: system.firmware: riscv64 machines have no BIOS. Set system.firmware"
            + " to uefi, or remove it",
        "architecture: amd64",
        "architecture: riscv64",
        "bootloader: grub",
        "bootloader: grub\n  firmware: bios");
  }

  @ParameterizedTest
  @ValueSource(strings = {"systemd-boot", "uki", "extlinux"})
  void riscv64StartsFromGrubOnly(String bootloader) {
    assertProblems(
        "m.yml:9:15: error: system.bootloader: "
            + bootloader
            + " does not start kernels for riscv64. Set system.bootloader to grub",
        "architecture: amd64",
        "architecture: riscv64",
        "bootloader: grub",
        "bootloader: " + bootloader);
  }

  @Test
  void aReleaseThatDoesNotExistForRiscv64() {
    assertProblems(
        "m.yml:8:17: error: system.architecture: Debian bookworm does not exist for riscv64. Set"
            + " system.release to trixie or a later release",
        "release: trixie",
        "release: bookworm",
        "architecture: amd64",
        "architecture: riscv64");
  }

  @Test
  void arm64WithGrubNeedsNoFirmwareToBeNamed() {
    assertProblems(
        "",
        "architecture: amd64",
        "architecture: arm64",
        "type: gpt",
        "type: gpt\n    esp: {size: 128MiB}");
  }

  @Test
  void arm64WithGrubWithoutAPartitionTable() {
    assertProblems(
        "m.yml:9:15: error: system.bootloader: grub needs a partition table, but"
            + " volume.partitions.type is none. Set volume.partitions.type to gpt or msdos",
        "architecture: amd64",
        "architecture: arm64",
        "type: gpt",
        "type: none");
  }

  @Test
  void anEfiSystemPartitionThatBiosDoesNotUse() {
    assertProblems(
        "m.yml:17:10: warning: volume.partitions.esp: The EFI system partition is not used:"
            + " system.firmware is bios. Set system.firmware to uefi or hybrid, or remove esp",
        "type: gpt",
        "type: gpt\n    esp: {size: 64MiB}");
  }

  @Test
  void aSwapPartitionWithoutAPartitionTable() {
    assertProblems(
        "m.yml:17:5: error: volume.partitions.swap: Without a partition table there is only root."
            + " Remove swap, or set the type to gpt or msdos",
        "type: gpt",
        "type: none\n    swap: {size: 64MiB}",
        "bootloader: grub",
        "bootloader: extlinux");
  }

  @Test
  void aFurtherPartitionInAnMsdosTable() {
    assertProblems("", "type: gpt", "type: msdos\n    var: {size: 64MiB, filesystem: ext4}");
  }

  @Test
  void aBootloaderOfUefiNeedsNoFirmwareToBeNamed() {
    assertProblems("", "bootloader: grub", "bootloader: systemd-boot");
    assertProblems("", "bootloader: grub", "bootloader: uki\n  firmware: uefi");
    assertProblems(
        "",
        "bootloader: grub",
        "bootloader: uki",
        "architecture: amd64",
        "architecture: arm64",
        "type: gpt",
        "type: gpt\n    esp: {size: 512MiB}");
  }

  @Test
  void aBootloaderOfUefiForBios() {
    assertProblems(
        "m.yml:10:13: error: system.firmware: systemd-boot is started by UEFI only, but"
            + " system.firmware is bios. Set system.firmware to uefi, or remove it",
        "bootloader: grub",
        "bootloader: systemd-boot\n  firmware: bios");
  }

  @Test
  void aBootloaderOfUefiForBoth() {
    assertProblems(
        "m.yml:10:13: error: system.firmware: uki is started by UEFI only, but system.firmware is"
            + " hybrid. Set system.firmware to uefi, or remove it",
        "bootloader: grub",
        "bootloader: uki\n  firmware: hybrid");
  }

  @Test
  void aBootloaderOfUefiWithoutAPartitionTable() {
    assertProblems(
        "m.yml:9:15: error: system.bootloader: uki needs a partition table, but"
            + " volume.partitions.type is none. Set volume.partitions.type to gpt or msdos, or use"
            + " extlinux",
        "bootloader: grub",
        "bootloader: uki",
        "type: gpt",
        "type: none");
  }

  @Test
  void extlinuxForArm64() {
    assertProblems(
        "m.yml:9:15: error: system.bootloader: extlinux does not start kernels for arm64. Set"
            + " system.bootloader to grub, systemd-boot or uki",
        "architecture: amd64",
        "architecture: arm64",
        "bootloader: grub",
        "bootloader: extlinux");
  }
}
