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

  @Test
  void aDestinationAsksForTheUploadAndAProjectForTheImage() {
    assertFalse(tasks(valid).contains("UploadImage"));

    Set<String> upload = tasks(with("  gcs_destination: gs://images/\n"));
    assertTrue(upload.containsAll(List.of("CheckCloud", "UploadImage", "MoveImage")));
    assertFalse(upload.contains("RegisterImage"));
    assertTrue(
        tasks(
                with(
                    "  gcs_destination: gs://images/\n  gce_project: debian\n"
                        + "  upload: {credentials: key.json, family: 'debian-{system.release}'}\n"))
            .containsAll(List.of("CheckCloud", "UploadImage", "RegisterImage")));
  }

  @Test
  void whatGoogleWouldRefuseIsSaidAtOnce() {
    assertProblems(
        with(
            "  gcs_destination: images\n  gce_project: My_Project\n  upload: {family: '{a.b}'}\n"
                + "  labels: {bootstrap-vz-host: x}\n"),
        "provider.labels.bootstrap-vz-host: The build sets labels that start with bootstrap-vz-"
            + " itself",
        "provider.gcs_destination: \"images\" is not a place in Cloud Storage",
        "provider.gce_project: \"My_Project\" is not the id of a project",
        "provider.upload.family: There is no variable {a.b}");
  }

  @Test
  void settingsThatNeedOthersSayWhich() {
    assertProblems(
        with("  gce_project: debian-images\n"),
        "provider.gce_project: It is only used with provider.gcs_destination");
  }

  @Test
  void aFamilyNeedsAProjectAndAName() {
    assertProblems(
        with("  gcs_destination: gs://images\n  upload: {family: Debian}\n"),
        "provider.upload.family: \"Debian\" is not the name of a family of images",
        "provider.upload.family: A family needs an image, which is made only with"
            + " provider.gce_project");
  }

  @Test
  void anUploadWithoutADestinationIsAnError() {
    assertProblems(
        with("  upload: {}\n"), "provider.upload: It is only used with provider.gcs_destination");
  }
}
