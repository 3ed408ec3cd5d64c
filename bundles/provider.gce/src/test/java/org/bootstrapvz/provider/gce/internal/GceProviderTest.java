/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GceProviderTest {
  private static final String MANIFEST =
      """
      name: debian
      provider:
        name: gce
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
        backing: raw
        partitions:
          type: gpt
          root:
            filesystem: ext4
            size: 8GiB
      """;

  @TempDir Path folder;
  private final GceProvider provider = new GceProvider();
  private ManifestChecker checker;

  @BeforeEach
  void setUp() {
    checker = new ManifestChecker(new ManifestFiles(), folder);
  }

  private static String with(String settings) {
    return MANIFEST.replace("name: gce\n", "name: gce\n" + settings);
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
  void theDiskIsPackedAndMovedWithoutCloudInit() {
    Set<String> tasks = tasks(MANIFEST);

    assertTrue(
        tasks.containsAll(List.of("PackTarball", "MoveImage", "ConfigureGrub", "DisableRootLogin")),
        tasks.toString());
    assertFalse(tasks.contains("ConfigureCloudInit"), tasks.toString());
  }

  @Test
  void withItsPluginCloudInitLooksForTheCloud() {
    Set<String> tasks = tasks(MANIFEST + "plugins: {cloud_init: {username: ada}}\n");

    assertTrue(tasks.contains("ConfigureCloudInit"), tasks.toString());
  }

  @ParameterizedTest
  @CsvSource({"debian-13,true", "Debian.13,true", "13-debian,false", "debian_13,false"})
  void namesAreThoseOfGoogleInLowerCaseAndWithDashesForDots(String name, boolean allowed) {
    checker.check(MANIFEST.replace("name: debian", "name: " + name), provider, "");

    assertEquals(allowed, checker.problems().isEmpty(), checker.problems().toString());
  }

  @Test
  void labelsAreThoseOfGoogle() {
    assertProblems(
        with("  labels: {release: '{system.release}', Release: x, y: 'a:b'}\n"),
        "provider.labels.Release: Google does not accept this label",
        "provider.labels.y: Google does not accept this label");
  }

  @Test
  void theDiskHasAWholeNumberOfGibibytes() {
    assertProblems(
        MANIFEST.replace("8GiB", "8193MiB"),
        "volume.partitions.root.size: The volume has 8193MiB, and a disk of Google Compute Engine has"
            + " a multiple of 1GiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcs_destination: gs://images/", "gce_project: debian", "upload: {}"})
  void aSettingThatAsksForAnUploadIsAnErrorAndNotIgnored(String setting) {
    checker.check(with("  " + setting + "\n"), provider, "");

    assertTrue(
        checker.problems().stream().anyMatch(problem -> problem.contains("cannot upload an image")),
        checker.problems().toString());
  }
}
