/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.internal;

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
import org.junit.jupiter.params.provider.ValueSource;

class GceProviderTest extends ProviderTest<GceProvider> {
  GceProviderTest() {
    super("gce", "raw", new GceProvider(), new ManifestFiles());
  }

  @Test
  void theDiskIsPackedAndMovedWithoutCloudInit() {
    Set<String> tasks = tasks(valid);

    assertTrue(
        tasks.containsAll(List.of("PackTarball", "MoveImage", "ConfigureGrub", "DisableRootLogin")),
        tasks.toString());
    assertFalse(tasks.contains("ConfigureCloudInit"), tasks.toString());
  }

  @Test
  void withItsPluginCloudInitLooksForTheCloud() {
    Set<String> tasks = tasks(valid + "plugins: {cloud_init: {username: ada}}\n");

    assertTrue(tasks.contains("ConfigureCloudInit"), tasks.toString());
  }

  @ParameterizedTest
  @CsvSource({"debian-13,true", "Debian.13,true", "13-debian,false", "debian_13,false"})
  void namesAreThoseOfGoogleInLowerCaseAndWithDashesForDots(String name, boolean allowed) {
    check(valid.replace("name: debian", "name: " + name));

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
        valid.replace("8GiB", "8193MiB"),
        "volume.partitions.root.size: The volume has 8193MiB, and a disk of Google Compute Engine has"
            + " a multiple of 1GiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcs_destination: gs://images/", "gce_project: debian", "upload: {}"})
  void aSettingThatAsksForAnUploadIsAnErrorAndNotIgnored(String setting) {
    check(with("  " + setting + "\n"));

    assertTrue(
        checker.problems().stream().anyMatch(problem -> problem.contains("cannot upload an image")),
        checker.problems().toString());
  }
}
