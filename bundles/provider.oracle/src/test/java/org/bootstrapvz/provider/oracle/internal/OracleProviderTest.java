/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.ProviderTest;
import org.junit.jupiter.api.Test;

class OracleProviderTest extends ProviderTest<OracleProvider> {
  private static final String UPLOAD =
      "  upload: {compartment: ocid1.compartment.oc1..a, bucket: images}\n";

  OracleProviderTest() {
    super("oracle", "qcow2", new OracleProvider(), new ManifestFiles());
  }

  @Test
  void aDiskIsDeliveredAsAFile() {
    Set<String> tasks = tasks(valid);

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
        valid.replace("qcow2", "raw"),
        "volume.backing: Oracle Cloud Infrastructure imports qcow2 and vmdk, but no raw image");
  }

  @Test
  void theImageIsUploadedOnlyIfTheManifestAsksForIt() {
    assertTrue(
        tasks(with(UPLOAD)).containsAll(List.of("CheckCloud", "UploadImage", "RegisterImage")));
    assertFalse(tasks(valid).contains("UploadImage"));
  }

  @Test
  void aRawImageOrOneForArmCannotBeUploaded() {
    assertProblems(
        with(UPLOAD).replace("qcow2", "raw").replace("amd64", "arm64"),
        "volume.backing: Oracle Cloud Infrastructure imports qcow2 and vmdk, but no raw image",
        "provider.upload: This version cannot upload an image for arm64 to Oracle Cloud"
            + " Infrastructure yet");
  }

  @Test
  void tagsThatOracleOrTheLedgerDoesNotAllowAreAllErrors() {
    assertProblems(
        with(UPLOAD)
            + "tags: {bootstrap-vz-build: a, a.b: c, long: "
            + "x".repeat(257)
            + ", d: d, e: e, f: f, g: g}\n",
        "tags: Oracle has room for 6 tags of a manifest",
        "tags.bootstrap-vz-build: The build sets tags that start with bootstrap-vz- itself",
        "tags.a.b: Oracle does not accept this name of a tag",
        "tags.long: A value has at most 256 characters");
  }
}
