/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.ProviderTest;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ec2ProviderTest extends ProviderTest<Ec2Provider> {
  Ec2ProviderTest() {
    super("ec2", "raw", new Ec2Provider(), new ManifestFiles());
  }

  @Test
  void theDiskIsDeliveredAsAFileWithCloudInit() {
    Set<String> tasks = tasks(valid);

    assertTrue(
        tasks.containsAll(List.of("MoveImage", "DefaultPackages", "ConfigureCloudInit")),
        tasks.toString());
    assertFalse(tasks.contains("RefuseParavirtual"), tasks.toString());
  }

  @Test
  void withoutInitScriptsThereIsNoCloudInit() {
    assertFalse(tasks(with("  install_init_scripts: false\n")).contains("ConfigureCloudInit"));
  }

  @ParameterizedTest
  @CsvSource({"arm64,true", "amd64,false"})
  void armMachinesOfEc2HaveTheSerialPortOfAPc(String architecture, boolean replaced) {
    Set<String> tasks =
        tasks(valid.replace("architecture: amd64", "architecture: " + architecture));

    assertEquals(replaced, tasks.contains("SetPcSerialConsole"));
    assertEquals(!replaced, tasks.contains("SetSerialConsole"));
  }

  @Test
  void aParavirtualImageIsPlannedAndItsBuildRefused() {
    String text = with("  virtualization: pvm\n  enhanced_networking: simple\n");
    check(text);

    assertEquals(
        List.of(
            "provider.virtualization: EC2 offers no paravirtual machines any more, so a build of"
                + " this manifest is refused",
            "system.bootloader: Only pvgrub starts a paravirtual machine",
            "provider.enhanced_networking: Only hardware virtual machines have enhanced networking"),
        checker.problems().stream().map(problem -> problem.replaceFirst("\\. .*", "")).toList());
    var manifest = checker.read(text);
    assertTrue(TestTaskSet.selectedBy(provider, manifest).names().contains("RefuseParavirtual"));
  }

  @Test
  void everyProblemIsReportedAtOnce() {
    assertProblems(
        with("  encrypted: true\n  amzn-driver-version: 1.5.0\n")
            .replace("name: debian", "name: 'debian: trixie'")
            .replace("8GiB", "8193MiB"),
        "volume.partitions.root.size: The volume has 8193MiB, and a volume of EC2 has a multiple of"
            + " 1GiB",
        "name: \"debian: trixie\" is not the name of an image there",
        "provider.encrypted: EC2 encrypts the snapshot of an upload; the file that a build delivers"
            + " is not encrypted",
        "provider.amzn-driver-version: It has no effect: the driver is in Debian's kernel since"
            + " buster");
  }

  @Test
  void aKeyIsForEncryptedImages() {
    check(with("  kms_key_id: k\n"));

    assertTrue(
        checker.problems().get(0).contains("A key is used for encrypted images only"),
        checker.problems().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "upload: {}",
        "profile: work",
        "credentials: {access-key: a, secret-key: b}",
        "upload: {}\n  encrypted: true\n  kms_key_id: arn:aws:kms:eu-central-1:1:key/2"
      })
  void aManifestThatAsksForAnUploadHasItsTasks(String settings) {
    Set<String> tasks = tasks(with("  " + settings + "\n"));

    assertTrue(tasks.containsAll(List.of("Connect", "Snapshot", "RegisterAMI")), tasks.toString());
  }

  @Test
  void withoutSuchSettingsTheImageIsAFileOnly() {
    assertFalse(tasks(with("  region: eu-central-1\n")).contains("Snapshot"));
  }

  @Test
  void allProblemsOfAnUploadAreReportedAtOnce() {
    assertProblems(
        with(
                "  upload: {}\n  profile: work\n  encrypted: true\n  kms_key_id: k\n"
                    + "  credentials: {access-key: a}\n")
            + "tags: {bootstrap-vz-x: a, Team: b}\n",
        "provider.kms_key_id: \"k\" is not the ARN of a key",
        "provider.credentials: A key has access-key and secret-key; one of them is missing",
        "provider.profile: A profile is not used together with provider.credentials",
        "tags.bootstrap-vz-x: Names that start with aws: or bootstrap-vz- are reserved");
  }
}
