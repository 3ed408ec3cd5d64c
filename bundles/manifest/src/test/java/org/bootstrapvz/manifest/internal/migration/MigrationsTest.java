/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bootstrapvz.api.manifest.MigratedManifest;
import org.bootstrapvz.api.manifest.MigratedManifest.Change;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.testkit.StandardTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
  private static final String OLD =
      """
      ---
      name: debian-{system.release}
      provider:
        name: kvm
      bootstrapper:
        workspace: /target
      system:
        release: stretch
        architecture: amd64
        bootloader: grub
        charmap: UTF-8
        locale: en_US
        timezone: UTC
      volume:
        backing: raw
        partitions:
          type: msdos
          root:
            filesystem: ext4
            size: 2GiB
      """;
  private static final String HEAD =
      "# Migrated from m.yml to Debian trixie; comments starting with \"migrated:\" say what"
          + " changed and why.\n";
  private static final String RELEASE =
      "  # migrated: was stretch: Debian 9 (stretch) has had no security updates since 2022-07-01\n"
          + "  release: trixie\n";
  private static final String NETWORK =
      "  # migrated: added: the default since trixie; set ifupdown to keep the configuration of"
          + " stretch, now for interfaces of any name instead of eth0 only\n"
          + "  network: systemd-networkd\n";

  @TempDir private Path folder;
  private final List<Problem> problems = new ArrayList<>();

  private Optional<MigratedManifest> migrate(String name, String text) {
    Migrations migrations =
        new Migrations(
            Clock.fixed(Instant.parse("2026-11-22T09:05:03Z"), ZoneOffset.UTC), StandardTypes::all);
    try {
      return migrations.migrate(
          Files.writeString(folder.resolve(name), text),
          Set.of("kvm"),
          Set.of("root_password"),
          problems::add);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private MigratedManifest good(String text) {
    return migrate("m.yml", text).orElseThrow(() -> new AssertionError(problems.toString()));
  }

  private static String shown(List<Change> changes) {
    return changes.stream()
        .map(change -> change.location().line() + " " + change.path() + ": " + change.what() + "\n")
        .collect(Collectors.joining());
  }

  /** The migrated lines after those of {@link #OLD}. */
  private String behind(String more) {
    String text = good(OLD + more).text();
    String marker = "      size: 2GiB\n";
    return text.substring(text.indexOf(marker) + marker.length());
  }

  @Test
  void everythingElseIsUnchanged() {
    String text =
        OLD.replace("timezone: UTC", "timezone: UTC   # of the machines")
            + "\n# Some tools.\npackages:\n    install: [ vim,   'less' ]\n";

    assertEquals(
        HEAD
            + text.replace("  release: stretch\n", RELEASE)
                .replace("# of the machines\n", "# of the machines\n" + NETWORK),
        good(text).text());
  }

  @Test
  void lineEndsOfWindowsStay() {
    String text = good(OLD.replace("\n", "\r\n")).text();

    assertEquals(
        (HEAD + OLD.replace("  release: stretch\n", RELEASE))
            .replace("timezone: UTC\n", "timezone: UTC\n" + NETWORK)
            .replace("\n", "\r\n"),
        text);
  }

  @Test
  void theSummaryNamesLinesOfTheOldFile() {
    MigratedManifest migrated =
        good(OLD + "packages:\n  mirror: http://mirror.example.org/debian\n");

    assertEquals(
        "8 system.release: stretch is now trixie\n"
            + "13 system.network: systemd-networkd is added\n",
        shown(migrated.changes()));
    assertEquals("22 packages.mirror: is unchanged\n", shown(migrated.hints()));
  }

  @Test
  void aCurrentManifestIsUnchanged() {
    String text = OLD.replace("stretch", "trixie");
    MigratedManifest migrated = good(text);

    assertEquals(HEAD + text, migrated.text());
    assertEquals(List.of(), migrated.changes());
    assertEquals(List.of(), migrated.hints());
  }

  @Test
  void anAliasBecomesTheAliasOfTheCurrentRelease() {
    MigratedManifest migrated = good(OLD.replace("stretch", "oldstable"));

    assertTrue(migrated.text().contains("\n  release: stable\n"), migrated.text());
    assertEquals("trixie", migrated.release().codename());
  }

  @Test
  void aReleaseInDevelopmentStays() {
    MigratedManifest migrated = good(OLD.replace("stretch", "unstable"));

    assertEquals("sid", migrated.release().codename());
    assertEquals(List.of(), migrated.changes());
  }

  @Test
  void packagesAreRenamedAndRemoved() {
    assertEquals(
        """
        packages:
          install:
            # migrated: was ntp: NTPsec replaced the old daemon
            - ntpsec
            # migrated: was python-yaml: Python 2 left Debian
            - "python3-yaml"
            # migrated: apt-transport-https is removed: apt itself speaks https
            # - apt-transport-https
            # needed by all
            - vim
            # migrated: was git/stretch-backports: trixie has at least the version of stretch-backports
            - git
        """,
        behind(
            """
            packages:
              install:
                - ntp
                - "python-yaml"
                - apt-transport-https
                # needed by all
                - vim
                - git/stretch-backports
            """));
  }

  @Test
  void inAListInBracketsACommaIsRemovedWithEachPackage() {
    assertEquals(
        """
        packages:
          # migrated: was man: man is not the name of a package
          # migrated: apt-transport-https is removed: apt itself speaks https
          # migrated: aufs-tools is removed: aufs is gone; overlayfs is in the kernel
          # migrated: crda is removed: the kernel loads wireless-regdb itself
          install: [vim, man-db]
        """,
        behind("packages:\n  install: [apt-transport-https, aufs-tools, vim, crda, man]\n"));
  }

  @Test
  void anEmptiedListIsRemoved() {
    assertEquals(
        """
        packages:
          # migrated: removed: Debian no longer has any of its packages
          # install:
          #   - apt-transport-https
          components: [main]
        """,
        behind(
            """
            packages:
              install:
                - apt-transport-https
              components: [main]
            """));
  }

  @Test
  void aPackageThatWouldBeADuplicateIsRemoved() {
    assertEquals(
        """
        packages:
          install:
            # migrated: was python-boto: boto was replaced by boto3
            - python3-boto3
            # migrated: python3-boto is removed: boto was replaced by boto3; python3-boto3 is in the list
            # - python3-boto
        """,
        behind("packages:\n  install:\n    - python-boto\n    - python3-boto\n"));
  }

  @Test
  void firmwareGetsItsOwnComponent() {
    assertEquals(
        """
        packages:
          components:
            - main
            - non-free
            # migrated: added: firmware moved from non-free to a component of its own in bookworm
            - non-free-firmware
        """,
        behind("packages:\n  components:\n    - main\n    - non-free\n"));
    assertTrue(
        behind("packages: {components: [non-free, main]}\n")
            .endsWith("packages: {components: [non-free, non-free-firmware, main]}\n"));
  }

  @Test
  void sourcesAndPinsFollowTheRelease() {
    String text =
        behind(
            """
            packages:
              sources:
                main:
                  - deb http://mirror.example.org/security stretch/updates main
                  - 'deb http://mirror.example.org/debian stretch-backports main'
                  - deb http://mirror.example.org/x {system.release}/updates main
              preferences:
                main:
                  - package: vim
                    pin: release n=stretch-backports
                    pin-priority: 500
            """);

    assertTrue(
        text.contains("- deb http://mirror.example.org/security trixie-security main\n"), text);
    assertTrue(
        text.contains("- 'deb http://mirror.example.org/debian trixie-backports main'\n"), text);
    assertTrue(
        text.contains("- deb http://mirror.example.org/x {system.release}-security main\n"), text);
    assertTrue(text.contains("pin: release n=trixie-backports\n"), text);
  }

  @Test
  void theSecurityMirrorGetsTheDirectoryOfTheCurrentSuites() {
    assertEquals(
        """
        packages:
          # migrated: was http://security.example.org/: since bullseye the suite is trixie-security, in the directory debian-security
          security: http://security.example.org/debian-security
        """,
        behind("packages:\n  security: http://security.example.org/\n"));
  }

  @Test
  void anArchiveMirrorIsRemoved() {
    assertTrue(
        behind("packages:\n  mirror: http://archive.example.org/debian\n  components: [main]\n")
            .contains("\n  # mirror: http://archive.example.org/debian\n"));
  }

  @Test
  void pvgrubBecomesGrubOnAPartitionedDiskForEveryFirmware() {
    String text =
        good(OLD.replace("bootloader: grub", "bootloader: pvgrub").replace("msdos", "none")).text();

    assertTrue(text.contains("\n  bootloader: grub\n"), text);
    assertTrue(text.contains("\n  firmware: hybrid\n"), text);
    assertTrue(text.contains("\n    type: gpt\n"), text);
  }

  @Test
  void a32BitSystemKeepsItsProgramsAndGetsA64BitKernel() {
    String text = good(OLD.replace("amd64", "i386")).text();

    assertTrue(text.contains("\n  architecture: amd64\n"), text);
    assertTrue(text.contains("\n  userspace_architecture: i386\n"), text);
  }

  @Test
  void partitionsTooSmallForTodayGrow() {
    String text =
        good(OLD.replace("2GiB", "864MB") + "    boot: {filesystem: ext2, size: '32MiB'}\n").text();

    assertTrue(text.contains("\n      size: 2GiB\n"), text);
    assertTrue(text.contains("\n    boot: {filesystem: ext2, size: '512MiB'}\n"), text);
  }

  @Test
  void anImageThatInstallsIfupdownKeepsIt() {
    assertTrue(
        good(OLD + "packages: {install: [bridge-utils]}\n").text().contains("network: ifupdown\n"));
  }

  @Test
  void anImageWithoutANetworkIsMigratedWithoutOne() {
    String text = good(OLD.replace("/target", "/target\n  variant: minbase")).text();

    assertFalse(text.contains("network:"), text);
  }

  @Test
  void aFormerTimezoneNameIsReplaced() {
    assertTrue(
        good(OLD.replace("UTC\n", "US/Pacific\n"))
            .text()
            .contains("\n  timezone: America/Los_Angeles\n"));
  }

  @Test
  void aFormerPluginNameIsReplaced() {
    MigratedManifest migrated = good(OLD + "plugins:\n  pip_install:\n    packages: [tool]\n");

    assertTrue(migrated.text().endsWith("  pip3_install:\n    packages: [tool]\n"));
    assertEquals(Map.of("plugins.pip3_install", "plugin pip3_install"), migrated.missing());
  }

  @Test
  void aKeyWithoutAMeaningBecomesAComment() {
    assertEquals(
        """
        # migrated: removed: the key has no meaning
        # x-notes:
        #   - one

        #   - two
        tags: {a: b}
        """,
        behind("x-notes:\n  - one\n\n  - two\ntags: {a: b}\n"));
  }

  @Test
  void aTextThatNamesTheOldReleaseIsLeftToTheUser() {
    MigratedManifest migrated = good(OLD.replace("name: debian-", "name: Stretch-"));

    assertEquals("2 name: still contains stretch\n", shown(migrated.hints()));
  }

  @Test
  void jsonKeepsBeingJsonWithComments() {
    String json =
        """
        {
        \t// ours
        \t"name": "a // b",
          "provider": {"name": "kvm"},
          "bootstrapper": {"workspace": "/target"},
          "system": {
            "release": "stretch",
            "architecture": "amd64", "bootloader": "grub",
            "charmap": "UTF-8", "locale": "en_US", "timezone": "UTC"
          },
          "packages": {"install": ["apt-transport-https", "vim", "man"]},
          "volume": {
            "backing": "raw",
            "partitions": {"type": "gpt", "root": {"filesystem": "ext4", "size": "2GiB"}}
          }
        }
        """;
    String text = migrate("m.json", json).orElseThrow(() -> new AssertionError(problems)).text();

    assertTrue(text.startsWith("// Migrated from m.json"), text);
    assertTrue(text.contains("\n    // migrated: was stretch: Debian 9"), text);
    assertTrue(text.contains("\n    \"release\": \"trixie\",\n"), text);
    assertTrue(text.contains("\"bootloader\": \"grub\", \"firmware\": \"hybrid\",\n"), text);
    assertTrue(text.contains("\"timezone\": \"UTC\", \"network\": \"systemd-networkd\"\n"), text);
    assertTrue(text.contains("{\"install\": [\"vim\", \"man-db\"]}"), text);
    assertTrue(text.contains("\n\t// ours\n\t\"name\": \"a // b\",\n"), text);
  }

  @Test
  void anUnknownPluginIsAnError() {
    assertEquals(Optional.empty(), migrate("m.yml", OLD + "plugins:\n  root_pasword: {}\n"));
    assertEquals(
        "[m.yml:22:3: error: plugins.root_pasword: The plugin \"root_pasword\" is not installed, and"
            + " the original has none of this name. Did you mean \"root_password\"? Install it, or"
            + " remove it from the manifest]",
        problems.toString().replace(folder + "/", ""));
  }

  @Test
  void anUnknownProviderIsAnError() {
    assertEquals(Optional.empty(), migrate("m.yml", OLD.replace("kvm", "xenserver")));
    assertTrue(
        problems.toString().contains("The provider \"xenserver\" is not installed"),
        problems.toString());
  }

  @Test
  void anExtensionOfTheOriginalThatIsNotInstalledIsNamed() {
    MigratedManifest migrated =
        good(OLD.replace("kvm", "gce") + "plugins:\n  ntp: {}\n  root_password: {}\n");

    assertEquals(
        Map.of("provider.name", "provider gce", "plugins.ntp", "plugin ntp"), migrated.missing());
  }

  @Test
  void aManifestWithErrorsIsNotMigrated() {
    assertEquals(Optional.empty(), migrate("m.yml", OLD.replace("size: 2GiB", "size: much")));
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).toString().contains("m.yml:20:13: error"), problems.toString());
  }

  @Test
  void aMissingFileIsAnError() {
    Migrations migrations = new Migrations(StandardTypes::all);

    assertEquals(
        Optional.empty(),
        migrations.migrate(folder.resolve("none.yml"), Set.of(), Set.of(), problems::add));
    assertTrue(problems.toString().contains("There is no such file"), problems.toString());
  }

  private MigratedManifest ofProvider(String settings, String backing) {
    return good(
        OLD.replace("  name: kvm\n", settings).replace("backing: raw", "backing: " + backing));
  }

  @Test
  void theAgentOfAzureIsThatOfDebian() {
    String changes =
        shown(ofProvider("  name: azure\n  waagent:\n    version: 2.0.14\n", "vhd").changes());
    assertTrue(changes.contains("5 provider.waagent: is removed"), changes);

    changes =
        shown(
            ofProvider("  name: azure\n  waagent: {version: 2.0.14, conf: a.conf}\n", "vhd")
                .changes());
    assertTrue(changes.contains("5 provider.waagent.version: is removed"), changes);
  }

  @Test
  void oracleLosesTheSettingsOfTheServiceThatIsGoneAndImportsAQcow2() {
    String changes =
        shown(
            ofProvider(
                    "  name: oracle\n"
                        + "  credentials: {username: u, password: p, identity-domain: d}\n"
                        + "  container: images\n  verify: true\n",
                    "raw")
                .changes());
    for (String path : List.of("provider.credentials", "provider.container", "provider.verify")) {
      assertTrue(changes.contains(path + ": is removed"), changes);
    }
    assertTrue(changes.contains("volume.backing: raw is now qcow2"), changes);
  }

  @Test
  void theDriversOfEc2AreInTheKernel() {
    String changes =
        shown(
            ofProvider(
                    "  name: ec2\n  virtualization: hvm\n  enhanced_networking: simple\n"
                        + "  amzn-driver-version: 1.5.0\n",
                    "ebs")
                .changes());
    assertTrue(changes.contains("provider.enhanced_networking: is removed"), changes);
    assertTrue(changes.contains("provider.amzn-driver-version: is removed"), changes);
  }

  @Test
  void theFormatBeforeVersionOneIsMigrated() {
    String old =
        OLD.replace("name: debian-{system.release}\n", "")
            .replace("  name: kvm\n", "  name: kvm\n  virtio_modules: [virtio_pci]\n")
            .replace(
                "system:\n",
                "image:\n  name: debian-{system.release}\n  description: 'It''s \"Debian\"'\n"
                    + "system:\n");
    String migrated = good(old).text();
    assertTrue(migrated.contains("\nname: \"debian-{system.release}\"\n"), migrated);
    assertTrue(migrated.contains("\n  description: 'It''s \"Debian\"'\n"), migrated);
    assertTrue(migrated.contains("\n  virtio: [virtio_pci]\n"), migrated);
    assertTrue(migrated.contains("\n# image:\n#   name: debian-"), migrated);
    assertEquals(List.of(), problems);
  }

  @Test
  void whatALaterReleaseHardlyHasIsReported() {
    MigratedManifest migrated =
        good(
            OLD
                + """
                packages:
                  install:
                  - facter=2.4.6-1+deb10u1
                  - python-unknown
                  - linux-image-4.19.0-6-amd64
                  - vim
                plugins:
                  root_password: {password: test}
                  commands:
                    commands:
                    - [chroot, '{root}', /usr/bin/apt-key, add, /etc/acme.asc]
                    - ["pip install awscli && echo done"]
                """);
    assertEquals(
        """
        23 packages.install.0: facter=2.4.6-1+deb10u1
        24 packages.install.1: python-unknown
        25 packages.install.2: linux-image-4.19.0-6-amd64
        31 plugins.commands.commands.0.2: runs apt-key
        32 plugins.commands.commands.1.0: runs pip
        """,
        shown(migrated.hints()));
  }
}
