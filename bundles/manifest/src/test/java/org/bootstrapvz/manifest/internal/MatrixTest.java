/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.manifest.ManifestSource.Setting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixTest {
  private static final String IMAGES =
      """
      include: [good.yml, "{variables.role}.yml"]
      name: "{variables.role}-{system.release}"
      matrix:
        role: [web, db]
        system.release: [bookworm, trixie]
      """;

  @TempDir Path folder;
  private ManifestChecker checker;

  @BeforeEach
  void prepare() {
    checker = new ManifestChecker(folder);
    checker.file("good.yml", ManifestChecker.GOOD);
    checker.file("web.yml", "system: {hostname: web}\n");
    checker.file("db.yml", "system: {hostname: db}\n");
  }

  private ManifestSource source(String text) {
    return ManifestSource.of(checker.file("m.yml", text));
  }

  private void assertProblems(ManifestSource source, String expected) {
    checker.read(source);
    assertEquals(expected, checker.problems());
  }

  @Test
  void eachCombinationOfValuesIsAnImage() {
    List<String> names = new ArrayList<>();
    for (ManifestSource row : checker.reader.rows(source(IMAGES))) {
      Manifest manifest = checker.read(row).orElseThrow();
      names.add(
          row.rowText() + ": " + manifest.name() + " " + manifest.at("system.hostname").text());
    }
    assertEquals("", checker.problems());
    assertEquals(
        List.of(
            "role=web, system.release=bookworm: web-bookworm web",
            "role=web, system.release=trixie: web-trixie web",
            "role=db, system.release=bookworm: db-bookworm db",
            "role=db, system.release=trixie: db-trixie db"),
        names);
  }

  @Test
  void aManifestWithoutAMatrixOrThatCannotBeReadIsOneImage() {
    ManifestSource plain = source(ManifestChecker.GOOD);
    assertEquals(List.of(plain), checker.reader.rows(plain));
    ManifestSource missing = ManifestSource.of(folder.resolve("none.yml"));
    assertEquals(List.of(missing), checker.reader.rows(missing));
    ManifestSource wrong = source("matrix: {a: b}\n");
    assertEquals(List.of(wrong), checker.reader.rows(wrong));
  }

  @Test
  void theValuesOfAnAxisHaveTheTypeOfItsVariable() {
    ManifestSource source =
        source(
            "include: [good.yml]\nvariables: {version: {type: text}}\nmatrix: {version: [1, 2]}\n"
                + "plugins: {p: {q: '{variables.version}'}}\n");
    ManifestSource second = checker.reader.rows(source).get(1);
    assertEquals("2", checker.read(second).orElseThrow().at("plugins.p.q").data());
    assertEquals("", checker.problems());
  }

  @Test
  void aMatrixOfWhichNoRowIsChosen() {
    assertProblems(
        source(IMAGES),
        "m.yml:4:3: error: matrix: The manifest describes 4 images, one for each combination of its"
            + " matrix. Choose one with --only, for example --only role=web; bootstrap-vz submit"
            + " submits each of them as a manifest of its own\n");
  }

  @Test
  void aRowThatTheMatrixDoesNotHave() {
    checker.read(source(IMAGES).withRow(Map.of("role", "mail", "system.release", "trixie")));
    assertTrue(checker.problems().contains("The manifest describes 4 images"), checker.problems());
  }

  @Test
  void anAxisThatIsAlsoSet() {
    Path values = checker.file("values.yml", "role: db\n");
    ManifestSource row =
        checker
            .reader
            .rows(source(IMAGES))
            .get(0)
            .withVariableFiles(List.of(values))
            .withSettings(List.of(Setting.parse("system.release=sid")));
    assertProblems(
        row,
        "--set system.release: error: system.release: `system.release` gets its values from the matrix"
            + " in m.yml:5:3. Choose rows of the matrix with --only system.release=VALUE\n"
            + "values.yml:1:1: error: role: `role` gets its values from the matrix in m.yml:4:3."
            + " Choose rows of the matrix with --only role=VALUE\n");
  }

  @Test
  void aMatrixInAnInclude() {
    checker.file("part.yml", "matrix: {a: [b]}\n");
    assertProblems(
        source("include: [good.yml, part.yml]\n"),
        "part.yml:1:1: error: matrix: Only the manifest itself can have a matrix. Move it to m.yml\n");
  }

  @Test
  void aMatrixWithTooManyImages() {
    String axis = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]\n";
    ManifestSource source = source("include: [good.yml]\nmatrix:\n  a: " + axis + "  b: " + axis);
    assertEquals(List.of(source), checker.reader.rows(source));
    assertProblems(
        source,
        "m.yml:3:3: error: matrix: The matrix has 289 images. It can have at most 256; write several"
            + " manifests with the same includes\n");
  }

  @Test
  void aMatrixOfTheWrongForm() {
    checker.read(source("include: [good.yml]\nmatrix: {A: [x], b: x, c: [], d: [x, x]}\n"));
    String problems = checker.problems();
    assertTrue(problems.contains("matrix.A: The key `A` does not have the right form"), problems);
    assertTrue(problems.contains("matrix.b: This must be a list"), problems);
    assertTrue(problems.contains("matrix.c: The list is empty"), problems);
    assertTrue(problems.contains("matrix.d.1: \"x\" appears twice in the list"), problems);
  }
}
