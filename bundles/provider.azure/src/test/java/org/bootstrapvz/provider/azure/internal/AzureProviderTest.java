/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.ProviderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureProviderTest extends ProviderTest<AzureProvider> {
  AzureProviderTest() {
    super("azure", "vhd", new AzureProvider(), new ManifestFiles());
  }

  @Test
  void aVhdIsDeliveredWithTheAgentAndTheClockOfTheHost() {
    Set<String> tasks = tasks(valid);

    assertTrue(
        tasks.containsAll(
            List.of("ConvertImage", "MoveImage", "Waagent", "ConfigureGrub", "AddChrony")),
        tasks.toString());
    assertFalse(tasks.contains("AddTimeSynchronization"), tasks.toString());
  }

  @Test
  void timeServersOfTheManifestReplaceTheClockOfTheHost() {
    Set<String> tasks = tasks(valid + "plugins: {ntp: {servers: [time.example.org]}}\n");

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
    check(valid.replace("name: debian", "name: " + name));

    assertEquals(allowed, checker.problems().isEmpty(), checker.problems().toString());
  }
}
