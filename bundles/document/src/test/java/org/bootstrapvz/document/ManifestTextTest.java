/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTextTest {
  @TempDir Path folder;

  private Manifest read(String name, String text) {
    return read(ManifestSource.of(write(name, text)));
  }

  private static Manifest read(ManifestSource source) {
    return new ManifestFiles().read(source, VolumeTypes.NONE, problem -> {}).orElseThrow();
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyValueHasACommentWithItsPlace() {
    write("base.yml", "system: {release: trixie}\npackages: {install: [vim]}\n");
    Manifest manifest =
        read("m.yml", "include: [base.yml]\nname: web\npackages:\n  +install: [less]\n");
    assertEquals(
        """
        system:                                         # base.yml:1
          release: trixie                               # base.yml:1
        packages:                                       # m.yml:3
          install:                                      # m.yml:4
            - vim                                       # base.yml:2
            - less                                      # m.yml:4
        name: web                                       # m.yml:2
        """,
        ManifestText.masked(manifest).annotated().replace(folder + "/", ""));
  }

  @Test
  void theOriginOfALineIsThePlaceOfItsValue() {
    ManifestText text = ManifestText.masked(read("m.yml", "a:\n- b: 1\n  c: {}\n- [d, []]\n"));
    assertEquals("a:\n  - b: 1\n    c: {}\n  - - d\n    - []\n", text.text());
    assertEquals(Optional.of(new Location(folder.resolve("m.yml"), 3, 6)), text.origin(3));
    assertEquals(Optional.empty(), text.origin(0));
    assertEquals(Optional.empty(), text.origin(6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{a: 'yes', b: yes, c: 0x1f, d: 010, e: 1_000, f: 1.50, g: '1', h: ~, i: '', j: ' x ', k: on}",
        "{'a b': x, 'no': y, '- z': \"a\\nb\\tc\\\\d\\\"e\", '#': 'a #b', 'c: d': 'https://x/y: z', '%': '@a'}",
        "{a: [[], {}, [[x]], {b: [c, {d: e}]}], f: '*', g: '&x', h: '!x', i: '22:22', j: '2026-01-01'}",
        "{a: \"\\u0085\\u2028\\ufeff\\x7f\", b: 'ä€😀', c: '{x}', d: '[', e: 'null', f: .5, g: -3, h: '0o7'}"
      })
  void theTextHasTheSameValues(String text) {
    Manifest manifest = read("m.yml", text);
    String rendered = ManifestText.confidential(manifest).text();
    Manifest again = read("n.yml", rendered);
    assertEquals(manifest.root().data(), again.root().data(), rendered);
    assertEquals(rendered, ManifestText.confidential(again).text());
    Manifest annotated = read("o.yml", ManifestText.masked(manifest).annotated());
    assertEquals(manifest.root().data(), annotated.root().data());
  }

  @Test
  void textsOfAnyCharactersAreReadAsTheyWere() {
    Random random = new Random(5);
    String alphabet = "ab :#-?,[]{}&*!|>'\"%@`\\\n\t.0~=<é\u00a0\u2029😀";
    int[] points = alphabet.codePoints().toArray();
    for (int i = 0; i < 2000; i++) {
      StringBuilder value = new StringBuilder();
      for (int length = random.nextInt(8); length >= 0; length--) {
        value.appendCodePoint(points[random.nextInt(points.length)]);
      }
      String json = Json.compact(Map.of("k" + value, value.toString()));
      Manifest manifest = read("m.json", json);
      String rendered = ManifestText.confidential(manifest).text();
      assertEquals(manifest.root().data(), read("n.yml", rendered).root().data(), json);
    }
  }

  @Test
  void secretsAreMaskedButNotInTheTextThatIsConfidential() {
    Manifest manifest =
        read(
            ManifestSource.of(
                    write(
                        "m.yml",
                        "variables: {s: {type: secret}}\nname: web\n"
                            + "plugins: {p: ['{variables.s}', 'x{variables.s}y']}\n"))
                .withEnvironment(Map.of("BOOTSTRAP_VZ_VAR_S", "hunter2")));
    ManifestText masked = ManifestText.masked(manifest);
    assertEquals("name: web\nplugins:\n  p:\n    - \"******\"\n    - \"******\"\n", masked.text());
    assertFalse(masked.json().contains("hunter2"), masked.json());
    assertTrue(ManifestText.confidential(manifest).text().contains("- xhunter2y"));
  }

  @Test
  void theDocumentHasTheValuesWithTheirPathsAndPlaces() {
    Manifest manifest = read("m.yml", "name: web\npackages: {install: [vim], b: null}\n");
    String json = ManifestText.masked(manifest).json().replaceAll("\\s+", " ");
    assertTrue(
        json.contains(
            "{ \"path\" : \"packages.install.0\", \"value\" : \"vim\", \"file\" : \""
                + folder.resolve("m.yml")
                + "\", \"line\" : 2, \"column\" : 22 }"),
        json);
    assertTrue(json.contains("\"manifest\" : { \"name\" : \"web\","), json);
  }
}
