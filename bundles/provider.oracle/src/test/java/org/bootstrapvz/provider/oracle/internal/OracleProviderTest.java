/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.ProviderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OracleProviderTest extends ProviderTest<OracleProvider> {
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

  @ParameterizedTest
  @ValueSource(strings = {"upload: {bucket: b}"})
  void aSettingThatAsksForAnUploadIsAnErrorAndNotIgnored(String setting) {
    check(with("  " + setting + "\n"));

    assertTrue(
        checker.problems().stream().anyMatch(problem -> problem.contains("cannot upload an image")),
        checker.problems().toString());
  }
}
