/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mandatory and optional content of every manifest. */
class BaseSchemaTest {
  @TempDir Path folder;
  private ManifestChecker checker;

  @BeforeEach
  void openChecker() {
    checker = new ManifestChecker(folder);
  }

  /** Asserts the problems of the valid manifest after a replacement. */
  private void assertProblem(String old, String changed, String... problems) {
    assertEquals(true, ManifestChecker.GOOD.contains(old), "The manifest does not hold " + old);
    checker.read(ManifestChecker.GOOD.replace(old, changed));
    assertEquals(String.join("\n", problems) + "\n", checker.problems());
  }

  /** Asserts the problems of the valid manifest with an appended text. */
  private void assertProblemAfterAppending(String more, String... problems) {
    checker.read(ManifestChecker.GOOD + more);
    assertEquals(String.join("\n", problems) + "\n", checker.problems());
  }

  @Test
  void everyKeyIsAccepted() {
    checker.good(
        """
        name: a
        provider: {name: ec2, anything: [1], description: b, labels: {a: b}}
        bootstrapper:
          workspace: /target
          tarball: true
          mirror: http://mirror.example.org/debian
          include_packages: [netbase]
          exclude_packages: [nano]
          variant: minbase
          keyring: /keys.gpg
          no-check-gpg: false
          force-check-gpg: true
        system:
          release: trixie
          architecture: amd64
          userspace_architecture: i386
          kernel: cloud
          bootloader: grub
          firmware: hybrid
          charmap: ISO-8859-15
          locale: de_DE@euro
          timezone: America/Argentina/Buenos_Aires
          hostname: host-{%Y}
          network: systemd-networkd
        packages:
          mirror: http://mirror.example.org/debian
          security: http://mirror.example.org/security
          components: [main, contrib]
          include-source-type: true
          keep-credentials: false
          install: [vim, "vim/{system.release}", /srv/a.deb]
          install_standard: true
          sources:
            "extra-{system.release}":
              - deb [arch=amd64] http://mirror.example.org/extra {system.release} main
              - deb-src {apt_mirror} ./
          trusted-keys: [a.gpg]
          apt.conf.d: {00retries: 'Acquire::Retries "3";'}
          preferences:
            main: [{package: "*", pin: release a=trixie, pin-priority: 500}]
        volume:
          backing: raw
          partitions:
            type: gpt
            esp: {size: 100MiB}
            boot: {size: 512MiB, filesystem: ext2}
            swap: {size: 128MiB}
            root:
              size: 2GiB
              filesystem: xfs
              format_command: [mkfs, "-t{fs}", "{device_path}"]
              mountopts: [noatime]
              mode: '0755'
            var/tmp: {size: 1GiB, filesystem: ext4}
            swapfile: {size: 1GiB, filesystem: btrfs}
        plugins: {sample: {a: 1}, other: }
        tags: {Name: "{name}"}
        """);
  }

  @Test
  void aLogicalVolumeHasItsNames() {
    checker.good(
        ManifestChecker.GOOD.replace(
            "backing: raw", "backing: lvm\n  volumegroup: group\n  logicalvolume: volume"));
  }

  @Test
  void allProblemsAreReportedInTheOrderOfTheFile() {
    checker.read(
        ManifestChecker.GOOD
            .replace("size: 1GiB", "size: 1 gig")
            .replace("kvm", "[kvm]")
            .replace("charmap", "charmpa"));
    assertEquals(
        """
        m.yml:3:9: error: provider.name: This must be text, but is a list. Name of the provider, \
        for example kvm or ec2 or docker
        m.yml:6:1: error: system: The key `charmap` is missing. Add it: character encoding of the \
        locale, for example UTF-8
        m.yml:10:3: error: system.charmpa: Unknown key `charmpa`. Did you mean `charmap`? Allowed \
        here: release, architecture, userspace_architecture, kernel, bootloader, firmware, \
        charmap, locale, timezone, hostname, time_synchronization, network
        m.yml:19:13: error: volume.partitions.root.size: "1 gig" is not a size: write a whole \
        number and a unit, for example 512MiB or 2GiB
        """,
        checker.problems());
  }

  @Test
  void anUnknownKeyAtTheTop() {
    assertProblemAfterAppending(
        "package: {}\n",
        "m.yml:20:1: error: package: Unknown key `package`. Did you mean `packages`? Allowed here:"
            + " name, provider, bootstrapper, system, packages, plugins, volume, tags");
  }

  @Test
  void anUnknownKeyOfAPartition() {
    assertProblem(
        "size: 1GiB",
        "size: 1GiB\n      mount_opts: [a]",
        "m.yml:20:7: error: volume.partitions.root.mount_opts: Unknown key `mount_opts`. Did you"
            + " mean `mountopts`? Allowed here: size, filesystem, format_command, mountopts,"
            + " mode, subvolumes");
  }

  @Test
  void aMissingKey() {
    assertProblem(
        "  workspace: /target\n",
        "  tarball: true\n",
        "m.yml:4:1: error: bootstrapper: The key `workspace` is missing. Add it: directory for"
            + " temporary files and results of builds, for example /target");
  }

  @Test
  void anEmptyValue() {
    assertProblem(
        "timezone: UTC",
        "timezone:",
        "m.yml:12:12: error: system.timezone: Missing value; expected text. Give it a"
            + " value or remove the key");
  }

  @Test
  void aWordThatIsNotAllowed() {
    assertProblem(
        "bootloader: grub",
        "bootloader: gurb",
        "m.yml:9:15: error: system.bootloader: \"gurb\" is not allowed here. Did you mean grub?"
            + " Allowed: extlinux, grub, none, systemd-boot, uki");
  }

  @Test
  void aNumberWhereATextMustBe() {
    assertProblem(
        "size: 1GiB",
        "size: 1GiB\n      mode: 0755",
        "m.yml:20:13: error: volume.partitions.root.mode: This must be text, but is the number"
            + " 0755. Put it in quotes");
  }

  @Test
  void aNumberAmongThePackages() {
    assertProblemAfterAppending(
        "packages: {install: [vim, 7]}\n",
        "m.yml:20:27: error: packages.install.1: This must be text, but is the number 7. Put it in"
            + " quotes");
  }

  @Test
  void aTextWhereABooleanMustBe() {
    assertProblemAfterAppending(
        "packages: {install_standard: 'yes'}\n",
        "m.yml:20:30: error: packages.install_standard: This must be true or false, but is the"
            + " text \"yes\". Write true or false without quotes");
  }

  @Test
  void aTextWhereAListMustBe() {
    assertProblemAfterAppending(
        "packages: {install: vim}\n",
        "m.yml:20:21: error: packages.install: This must be a list, but is the text \"vim\". Write"
            + " a list: a line with a dash for each entry");
  }

  @Test
  void aListWhereAMapMustBe() {
    assertProblemAfterAppending(
        "plugins: [ntp]\n",
        "m.yml:20:10: error: plugins: This must be a map, but is a list. Write its keys below it,"
            + " each on a line and indented");
  }

  @Test
  void anEmptyList() {
    assertProblemAfterAppending(
        "packages: {components: []}\n",
        "m.yml:20:24: error: packages.components: The list is empty. It needs at least 1 entry");
  }

  @Test
  void anEmptyMap() {
    assertProblemAfterAppending(
        "tags: {}\n", "m.yml:20:7: error: tags: The map is empty. It needs at least 1 entry");
  }

  @Test
  void anEmptyText() {
    assertProblem(
        "name: debian-{system.release}",
        "name: ''",
        "m.yml:1:7: error: name: The text is too short. Name of the image and of its files;"
            + " manifest variables are expanded, for example"
            + " debian-{system.release}-{system.architecture}-{%Y}{%m}{%d}");
  }

  @Test
  void aLocaleWithItsEncoding() {
    assertProblem(
        "locale: en_US",
        "locale: en_US.UTF-8",
        "m.yml:11:11: error: system.locale: \"en_US.UTF-8\" does not have the right form. Language"
            + " and country, without the encoding, for example en_US");
  }

  @Test
  void aNameOfAPluginWithADash() {
    assertProblemAfterAppending(
        "plugins: {root-password: {}}\n",
        "m.yml:20:11: error: plugins.root-password: The key `root-password` does not have the right"
            + " form. The name of a plugin has only letters, digits and underscores, for example"
            + " root_password");
  }

  @Test
  void aMirrorThatIsNotAnAddress() {
    assertProblemAfterAppending(
        "packages: {mirror: mirror.example.org}\n",
        "m.yml:20:20: error: packages.mirror: \"mirror.example.org\" does not have the right form."
            + " Address of a mirror, for example https://mirror.example.org/debian");
  }

  @Test
  void aPackageWithTwoTargets() {
    assertProblemAfterAppending(
        "packages: {install: [a/b/c]}\n",
        "m.yml:20:22: error: packages.install.0: \"a/b/c\" does not have the right form. Name of a"
            + " package, name/target release, or absolute path of a package file, for example vim"
            + " or vim/{system.release}-backports or /srv/packages/tool.deb");
  }

  @Test
  void aLogicalVolumeWithoutItsGroup() {
    assertProblem(
        "backing: raw",
        "backing: lvm\n  logicalvolume: volume",
        "m.yml:13:1: error: volume: The key `volumegroup` is missing. Add it: volume group of"
            + " the logical volume");
  }

  @Test
  void aVolumeWithoutABacking() {
    assertProblem(
        "  backing: raw\n",
        "",
        "m.yml:13:1: error: volume: The key `backing` is missing. Add it: format of the"
            + " image, or lvm for a logical volume, for example raw or qcow2");
  }

  @Test
  void aLogicalVolumeWithoutNamesAndAnErrorElsewhereAreBothReported() {
    checker.read(
        ManifestChecker.GOOD
            .replace("backing: raw", "backing: lvm")
            .replace("size: 1GiB", "size: 1 gig"));
    assertEquals(
        """
        m.yml:13:1: error: volume: The key `volumegroup` is missing. Add it: volume group of the \
        logical volume
        m.yml:13:1: error: volume: The key `logicalvolume` is missing. Add it: name of the logical \
        volume
        m.yml:19:13: error: volume.partitions.root.size: "1 gig" is not a size: write a whole \
        number and a unit, for example 512MiB or 2GiB
        """,
        checker.problems());
  }

  @Test
  void aVolumeGroupOfAVolumeThatIsNotLvm() {
    assertProblem(
        "backing: raw",
        "backing: raw\n  volumegroup: group",
        "m.yml:15:3: error: volume.volumegroup: This key cannot be given here. Only a volume with"
            + " backing lvm has it");
  }

  @Test
  void anUnknownImageFormat() {
    assertProblem(
        "backing: raw",
        "backing: qcow",
        "m.yml:14:12: error: volume.backing: \"qcow\" is not allowed here. Did you mean qcow2?"
            + " Allowed: folder, lvm, qcow2, raw, vdi, vhd, vmdk");
  }

  @Test
  void anUnknownFilesystem() {
    assertProblem(
        "filesystem: ext4",
        "filesystem: zfs",
        "m.yml:18:19: error: volume.partitions.root.filesystem: \"zfs\" is not allowed here. Did you"
            + " mean xfs? Allowed: btrfs, ext2, ext3, ext4, xfs");
  }

  @Test
  void aSubformatOfAFormatThatHasNone() {
    assertProblem(
        "backing: raw",
        "backing: raw\n  subformat: streamOptimized",
        "m.yml:15:3: error: volume.subformat: This key cannot be given here. Only a volume with"
            + " backing vmdk has it");
  }

  @Test
  void subvolumesOfAFilesystemThatHasNone() {
    assertProblem(
        "size: 1GiB",
        "size: 1GiB\n      subvolumes: [home]",
        "m.yml:20:7: error: volume.partitions.root.subvolumes: This key cannot be given here. Only a"
            + " partition with filesystem btrfs has it");
  }

  @Test
  void aSizeOfNothing() {
    assertProblem(
        "size: 1GiB",
        "size: 0B",
        "m.yml:19:13: error: volume.partitions.root.size: The size is zero. Write a size such as"
            + " 512MiB or 2GiB");
  }

  @Test
  void aSizeThatEndsInASector() {
    assertProblem(
        "size: 1GiB",
        "size: 700B",
        "m.yml:19:13: error: volume.partitions.root.size: 700B is not a whole number of sectors. A"
            + " sector has 512 bytes: write a size such as 512MiB or 2GiB");
  }

  @Test
  void anUnknownVariableWhereverVariablesAreExpanded() {
    String unknown =
        "There is no variable {x}. Write {{x}} for braces that are text. A variable is the path of a"
            + " value in this manifest, or {%Y} and the like for the time";
    assertProblemAfterAppending(
        """
        packages:
          install: ["{x}"]
          components: ["{x}"]
          sources:
            "{x}": ["deb http://mirror.example.org/debian {x} main"]
          preferences:
            "{x}": [{package: a, pin: b, pin-priority: 1}]
        tags: {a: "{x}"}
        """,
        "m.yml:21:13: error: packages.install.0: " + unknown,
        "m.yml:22:16: error: packages.components.0: " + unknown,
        "m.yml:24:5: error: packages.sources.{x}: " + unknown,
        "m.yml:24:13: error: packages.sources.{x}.0: " + unknown,
        "m.yml:26:5: error: packages.preferences.{x}: " + unknown,
        "m.yml:27:11: error: tags.a: " + unknown);
  }

  @Test
  void aLineThatIsNotASource() {
    assertProblemAfterAppending(
        "packages: {sources: {extra: [debian stable main]}}\n",
        "m.yml:20:30: error: packages.sources.extra.0: \"debian stable main\" is not a source: write"
            + " \"deb URI SUITE COMPONENT...\", for example \"deb http://mirror.example.org/debian"
            + " trixie main\"");
  }

  @Test
  void aSourceWithoutComponents() {
    assertProblemAfterAppending(
        "packages: {sources: {extra: ['deb http://mirror.example.org/debian {system.release}']}}\n",
        "m.yml:20:30: error: packages.sources.extra.0: The source names no component. Write main or"
            + " the like after the suite trixie");
  }

  @Test
  void aSnippetOfConfigurationThatAptCannotRead() {
    assertProblemAfterAppending(
        "packages: {apt.conf.d: {00retries: 'Acquire::Retries \"3\"'}}\n",
        "m.yml:20:36: error: packages.apt.conf.d.00retries: The statement that starts in line 1 does not end with"
            + " a semicolon. apt configuration is written like Acquire::Retries \"3\"; or Acquire {"
            + " Retries \"3\"; };");
  }

  @Test
  void aPinWithoutAPriority() {
    assertProblemAfterAppending(
        "packages: {preferences: {main: [{package: vim, pin: release a=trixie-backports}]}}\n",
        "m.yml:20:33: error: packages.preferences.main.0: The key `pin-priority` is missing. Add it:"
            + " priority of the pin, a whole number, for example 500");
  }
}
