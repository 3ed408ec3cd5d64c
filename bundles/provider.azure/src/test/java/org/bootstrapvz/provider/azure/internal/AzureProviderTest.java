/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.internal;

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

class AzureProviderTest {
  private static final String MANIFEST =
      """
      name: debian
      provider:
        name: azure
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
        backing: vhd
        partitions:
          type: gpt
          root:
            filesystem: ext4
            size: 8GiB
      """;

  @TempDir Path folder;
  private final AzureProvider provider = new AzureProvider();
  private ManifestChecker checker;

  @BeforeEach
  void setUp() {
    checker = new ManifestChecker(new ManifestFiles(), folder);
  }

  private static String with(String settings) {
    return MANIFEST.replace("name: azure\n", "name: azure\n" + settings);
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
  void aVhdIsDeliveredWithTheAgentAndTheClockOfTheHost() {
    Set<String> tasks = tasks(MANIFEST);

    assertTrue(
        tasks.containsAll(
            List.of("ConvertImage", "MoveImage", "Waagent", "ConfigureGrub", "AddChrony")),
        tasks.toString());
    assertFalse(tasks.contains("AddTimeSynchronization"), tasks.toString());
  }

  @Test
  void timeServersOfTheManifestReplaceTheClockOfTheHost() {
    Set<String> tasks = tasks(MANIFEST + "plugins: {ntp: {servers: [time.example.org]}}\n");

    assertFalse(tasks.contains("AddChrony"), tasks.toString());
    assertTrue(tasks.contains("AddTimeSynchronization"), tasks.toString());
  }

  @Test
  void theVersionOfTheAgentIsNotedAsWithoutEffect() {
    assertProblems(
        with("  waagent: {version: 2.0.14}\n"),
        "provider.waagent.version: It has no effect: the agent is Debian's package waagent, not a"
            + " download");
  }

  @Test
  void everyProblemIsReportedAtOnce() {
    assertProblems(
        with("  upload: {group: g}\n")
            .replace("name: debian", "name: debian for azure")
            .replace("8GiB", "8388609KiB"),
        "volume.partitions.root.size: The volume has 8388609KiB, and a volume has a multiple of 1MiB",
        "name: \"debian for azure\" is not the name of an image there",
        "provider.upload: This version cannot upload an image to Azure yet");
  }

  @ParameterizedTest
  @CsvSource({"a,true", "debian_13.1-x,true", "debian.,false", "-debian,false", "debian-,false"})
  void namesAreThoseOfAzure(String name, boolean allowed) {
    checker.check(MANIFEST.replace("name: debian", "name: " + name), provider, "");

    assertEquals(allowed, checker.problems().isEmpty(), checker.problems().toString());
  }
}
