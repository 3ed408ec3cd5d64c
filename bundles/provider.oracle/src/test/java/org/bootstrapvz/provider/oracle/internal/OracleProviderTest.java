/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.ManifestChecker;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OracleProviderTest {
  private static final String MANIFEST =
      """
      name: debian
      provider:
        name: oracle
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
        backing: qcow2
        partitions:
          type: gpt
          root:
            filesystem: ext4
            size: 8GiB
      """;

  @TempDir Path folder;
  private final OracleProvider provider = new OracleProvider();
  private ManifestChecker checker;

  @BeforeEach
  void setUp() {
    checker = new ManifestChecker(new ManifestFiles(), folder);
  }

  private static String with(String settings) {
    return MANIFEST.replace("name: oracle\n", "name: oracle\n" + settings);
  }

  private Set<String> tasks(String text) {
    var manifest = checker.check(text, provider, "");
    assertEquals(List.of(), checker.problems());
    return TestTaskSet.selectedBy(provider, manifest).names();
  }

  private void assertProblems(String text, String... expected) {
    checker.check(text, provider, "");
    assertEquals(
        List.of(expected),
        checker.problems().stream()
            .map(problem -> problem.replaceFirst("\\. .*", ""))
            .collect(Collectors.toList()));
  }

  @Test
  void aDiskIsDeliveredAsAFile() {
    Set<String> tasks = tasks(MANIFEST);

    assertTrue(
        tasks.containsAll(
            List.of("ConvertImage", "MoveImage", "ConfigureCloudInit", "DisableRootLogin")),
        tasks.toString());
  }

  @Test
  void settingsOfTheServiceThatIsGoneAreAllErrors() {
    assertProblems(
        with(
            "  credentials: {username: u, password: p, identity-domain: d}\n"
                + "  container: images\n  verify: true\n"),
        "provider.credentials: It belongs to Oracle Compute Classic, which no longer exists",
        "provider.container: It belongs to Oracle Compute Classic, which no longer exists",
        "provider.verify: It belongs to Oracle Compute Classic, which no longer exists");
  }

  @Test
  void aRawImageIsBuiltWithAWarningThatTheCloudDoesNotImportIt() {
    assertProblems(
        MANIFEST.replace("qcow2", "raw"),
        "volume.backing: Oracle Cloud Infrastructure imports qcow2 and vmdk, but no raw image");
  }

  @ParameterizedTest
  @ValueSource(strings = {"upload: {bucket: b}"})
  void aSettingThatAsksForAnUploadIsAnErrorAndNotIgnored(String setting) {
    checker.check(with("  " + setting + "\n"), provider, "");

    assertTrue(
        checker.problems().stream().anyMatch(problem -> problem.contains("cannot upload an image")),
        checker.problems().toString());
  }
}
