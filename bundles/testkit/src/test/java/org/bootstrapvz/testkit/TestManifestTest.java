/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.value.Secret;
import org.junit.jupiter.api.Test;

class TestManifestTest {
  @Test
  void valuesAreFoundAtTheirPath() {
    TestManifest manifest =
        new TestManifest()
            .with("plugins.note", Map.of("lines", List.of("a", 2), "loud", true))
            .withPartition("root", "1GiB", "ext4");

    assertEquals(List.of("a", "2"), manifest.at("plugins.note.lines").texts());
    assertEquals("plugins.note.lines.1", manifest.at("plugins.note.lines").items().get(1).path());
    assertEquals(2, manifest.at("plugins.note.lines").items().get(1).integer());
    assertTrue(manifest.at("plugins.note.loud").isTrue());
    assertEquals(Bytes.parse("1GiB"), manifest.at("volume.partitions.root.size").size());
    assertEquals(
        List.of("type", "root"), List.copyOf(manifest.at("volume.partitions").entries().keySet()));
    assertFalse(manifest.at("plugins.other.lines").exists());
    assertEquals(List.of(), manifest.at("plugins.other.lines").items());
    assertFalse(manifest.without("plugins.note").at("plugins.note").exists());
  }

  @Test
  void aValueOfAnotherKindIsAnErrorThatNamesItsPath() {
    IllegalStateException failure =
        assertThrows(
            IllegalStateException.class, () -> new TestManifest().at("system.release").integer());
    assertEquals("system.release is not a whole number but trixie", failure.getMessage());
  }

  @Test
  void variablesExpandToValuesAndAFixedTime() {
    TestManifest manifest = new TestManifest().with("name", "{system.release}-{%Y}{%m}{%d}-{{x}}");

    assertEquals("trixie-20260102-{x}", manifest.name());
    assertEquals("/tmp/root", manifest.expand("{root}", Map.of("root", "/tmp/root")));
    assertThrows(IllegalArgumentException.class, () -> manifest.expand("{unknown}"));
    assertThrows(IllegalArgumentException.class, () -> manifest.expand("}"));
  }

  @Test
  void theReleaseFollowsFromItsName() {
    assertEquals(13, new TestManifest().release().version());
    assertEquals(
        "bookworm-security",
        new TestManifest()
            .with("system.release", "bookworm")
            .release()
            .securitySuite()
            .orElseThrow());
  }

  @Test
  void aSecretIsListedAsOne() {
    assertEquals(
        List.of(Secret.of("hunter2")),
        new TestManifest().withSecret("plugins.root_password.password", "hunter2").secrets());
  }

  @Test
  void relativePathsStartAtItsFolder() {
    TestManifest manifest = new TestManifest().withFile(Path.of("/srv/m.yml"));
    assertEquals(Path.of("/srv/a"), manifest.resolve("a"));
    assertEquals(Path.of("/a"), manifest.resolve("/a"));
  }
}
