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
        valid.replace("name: debian", "name: debian for azure").replace("8GiB", "8388609KiB"),
        "volume.partitions.root.size: The volume has 8388609KiB, and a volume has a multiple of 1MiB",
        "name: \"debian for azure\" is not the name of an image there");
  }

  @Test
  void theImageIsUploadedOnlyIfTheManifestAsksForIt() {
    assertTrue(
        tasks(with("  upload: {resource_group: images}\n"))
            .containsAll(List.of("CheckCloud", "UploadImage", "RegisterImage")));
    assertFalse(tasks(valid).contains("UploadImage"));
  }

  @Test
  void settingsOfAGalleryNeedOne() {
    assertProblems(
        with("  upload: {resource_group: g, definition: d, version: 1.2.3, regions: [a]}\n"),
        "provider.upload.definition: It is only used with a gallery",
        "provider.upload.version: It is only used with a gallery",
        "provider.upload.regions: It is only used with a gallery");
  }

  @Test
  void anImageForArmNeedsAGallery() {
    assertProblems(
        with("  upload: {resource_group: g}\n").replace("amd64", "arm64"),
        "provider.upload: An image for arm64 has to be in a gallery, since a managed image has no"
            + " architecture");
  }

  @Test
  void aGalleryNeedsADefinitionAndAVersionAndHasItsLocation() {
    assertProblems(
        with("  upload: {resource_group: g, gallery: x, location: westeurope}\n"),
        "provider.upload.gallery: A gallery needs provider.upload.definition",
        "provider.upload.gallery: A gallery needs provider.upload.version",
        "provider.upload.location: A version is in the location of its gallery");
  }

  @ParameterizedTest
  @CsvSource({
    "'{%Y}.{%m}.{%d}',",
    "1.2.3,",
    "'1.2','\"1.2\" is not a version in a gallery'",
    "'a.b.c','\"a.b.c\" is not a version in a gallery'",
    "'1.2.3456789012','\"1.2.3456789012\" is not a version in a gallery'"
  })
  void aVersionHasThreeNumbers(String version, String problem) {
    check(
        with(
            "  upload: {resource_group: g, gallery: x, definition: d, version: '"
                + version
                + "'}\n"));

    List<String> problems = checker.problems();
    assertEquals(problem == null, problems.isEmpty(), problems.toString());
    assertTrue(problem == null || problems.get(0).contains(problem), problems.toString());
  }

  @Test
  void tagsThatAzureOrTheLedgerDoesNotAllowAreAllErrors() {
    assertProblems(
        with("  upload: {resource_group: g}\n")
            + "tags: {bootstrap-vz-build: a, 'a/b': c, long: "
            + "x".repeat(257)
            + "}\n",
        "tags.bootstrap-vz-build: The build sets tags that start with bootstrap-vz- itself",
        "tags.a/b: Azure does not accept this name of a tag",
        "tags.long: A value has at most 256 characters");
  }

  @ParameterizedTest
  @CsvSource({"a,true", "debian_13.1-x,true", "debian.,false", "-debian,false", "debian-,false"})
  void namesAreThoseOfAzure(String name, boolean allowed) {
    check(valid.replace("name: debian", "name: " + name));

    assertEquals(allowed, checker.problems().isEmpty(), checker.problems().toString());
  }
}
