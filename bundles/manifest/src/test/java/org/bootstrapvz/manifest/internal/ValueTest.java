/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.value.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The values of a manifest and their locations. */
class ValueTest {
  @TempDir Path folder;
  private Manifest manifest;
  private ManifestValue settings;

  @BeforeEach
  void read() {
    manifest =
        new ManifestChecker(folder)
            .good(
                ManifestChecker.GOOD
                    + """
                    plugins:
                      sample:
                        count: 10
                        octal: 0755
                        hex: 0x1F
                        zeroes: 08
                        long: 1_000
                        fraction: 1.50
                        time: 22:22
                        day: 2026-11-22
                        agree: yes
                        refuse: Off
                        quoted: 'no'
                        nothing:
                        list: [a, {b: 1}, ~]
                        defaults: &defaults {size: 1GiB, mode: '0755'}
                        merged:
                          <<: *defaults
                          size: 2GiB
                    """);
    settings = manifest.at("plugins.sample");
  }

  private void assertScalar(String key, String text, Object data) {
    assertEquals(text, settings.get(key).text());
    assertEquals(data, settings.get(key).data());
  }

  @Test
  void scalarsKeepTheirLiteral() {
    assertScalar("count", "10", 10L);
    assertScalar("octal", "0755", 493L);
    assertScalar("hex", "0x1F", 31L);
    assertScalar("long", "1_000", 1000L);
    assertScalar("fraction", "1.50", 1.5);
    assertScalar("agree", "yes", true);
    assertScalar("refuse", "Off", false);
    assertScalar("quoted", "no", "no");
  }

  @Test
  void sexagesimalNumbersAndDatesAreTexts() {
    assertScalar("zeroes", "08", "08");
    assertScalar("time", "22:22", "22:22");
    assertScalar("day", "2026-11-22", "2026-11-22");
  }

  @Test
  void kindsAreRead() {
    assertEquals(10, settings.get("count").integer());
    assertTrue(settings.get("agree").isTrue());
    assertFalse(settings.get("refuse").isTrue());
    assertEquals(Bytes.mebibytes(2048), settings.get("merged").get("size").size());
    assertEquals("a", settings.get("list").items().get(0).text());
  }

  @Test
  void aMergedMapHasTheKeysOfTheOtherUnlessItHasThemItself() {
    assertEquals(Map.of("size", "2GiB", "mode", "0755"), settings.get("merged").data());
  }

  @Test
  void listsAndMapsBecomePlainData() {
    assertEquals(Arrays.asList("a", Map.of("b", 1L), null), settings.get("list").data());
  }

  @Test
  void theLocationOfAValueIsItsStart() {
    Path file = folder.resolve("m.yml");
    assertEquals(new Location(file, 22, 12), settings.get("count").location());
    assertEquals(new Location(file, 22, 5), settings.get("count").keyLocation());
    ManifestValue item = settings.get("list").items().get(1);
    assertEquals("plugins.sample.list.1", item.path());
    assertEquals(new Location(file, 34, 15), item.location());
    assertEquals(item.location(), item.keyLocation());
  }

  @Test
  void theLocationOfAnAbsentValueIsThatOfTheEnclosingOne() {
    ManifestValue absent = manifest.at("system.nowhere.at.all");
    assertFalse(absent.exists());
    assertEquals("system.nowhere.at.all", absent.path());
    assertEquals(manifest.at("system").location(), absent.location());
    assertEquals(Map.of(), absent.entries());
    assertEquals(List.of(), absent.items());
    assertEquals("other", absent.text("other"));
    assertTrue(absent.isTrue(true));
  }

  @Test
  void aNullIsNotAValueButItsKeyExists() {
    assertFalse(settings.get("nothing").exists());
    assertTrue(settings.entries().containsKey("nothing"));
  }

  @Test
  void theWrongKindIsABugAndDoesNotShowTheValue() {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> settings.get("quoted").integer());
    assertEquals(
        folder.resolve("m.yml") + ":32:13: plugins.sample.quoted is not a whole number",
        e.getMessage());
    e = assertThrows(IllegalStateException.class, () -> settings.get("none").text());
    assertEquals(
        folder.resolve("m.yml") + ":22:5: plugins.sample.none is absent, not text", e.getMessage());
  }

  @Test
  void pathsStartAtTheManifestsFolder() {
    assertEquals(folder.resolve("keys/a.gpg"), manifest.resolve("keys/a.gpg"));
    assertEquals(Path.of("/keys/a.gpg"), manifest.resolve("/keys/a.gpg"));
  }

  @Test
  void theManifestKnowsItsNameReleaseAndArchitecture() {
    assertEquals("debian-trixie", manifest.name());
    assertEquals(13, manifest.release().version());
    assertEquals("amd64", manifest.architecture());
  }
}
