/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCredentialsTest {
  private static final String SECRET = "http://joe:Canary77@mirror.example.org/debian";

  @TempDir Path folder;
  private final TestManifest manifest = new TestManifest();

  @Test
  void aPasswordThatDebootstrapWouldShowIsRefusedWithItsPlaceBeforeTheBuild() throws Exception {
    manifest.with("packages.mirror", Map.of("url", SECRET, "check-date", false));
    TestBuild build = new TestBuild(manifest, folder);

    new ValidateCredentials().run(build);
    build.machine().withMissing("mmdebstrap");
    String message =
        assertThrows(BuildException.class, () -> new ValidateCredentials().run(build)).getMessage();

    assertEquals("manifest.yml: packages.mirror.url: " + ValidateCredentials.PROBLEM, message);
  }

  @Test
  void itIsTheMirrorOfTheBaseSystemThatMatters() {
    assertFalse(ValidateCredentials.isNeeded(manifest));
    assertTrue(ValidateCredentials.isNeeded(manifest.with("packages.mirror", SECRET)));
    assertFalse(
        ValidateCredentials.isNeeded(
            manifest.with("bootstrapper.mirror", "http://near.example.org/debian")));
    assertTrue(
        ValidateCredentials.isNeeded(
            new TestManifest()
                .with("packages.mirror", "http://near.example.org/debian")
                .with("packages.snapshot", Map.of("time", "20260101T000000Z", "mirror", SECRET))));
  }
}
