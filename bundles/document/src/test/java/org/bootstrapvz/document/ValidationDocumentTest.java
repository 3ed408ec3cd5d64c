/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.document.ValidationDocument.Checked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ValidationDocumentTest {
  private static final Path FILE = Path.of("images/a web,1%.yml");

  private final ValidationDocument document =
      new ValidationDocument(
          List.of(
              new Checked(Path.of("good.yml"), true, List.of()),
              new Checked(
                  FILE,
                  false,
                  List.of(
                      new Problem(
                          Severity.ERROR,
                          new Location(FILE, 3, 7),
                          "system.locale",
                          "100% wrong",
                          "Write en_US\nor C"),
                      new Problem(
                          Severity.WARNING, Location.of(FILE), "", "The file is old", "")))));

  private static JsonNode parse(String json) {
    return JsonMapper.builder().build().readTree(json);
  }

  @Test
  void jsonHasEachManifestAndEachProblemWithItsPlace() {
    JsonNode manifests = parse(document.json()).get("manifests");
    assertEquals(2, manifests.size());
    assertEquals(true, manifests.get(0).get("valid").asBoolean());
    JsonNode error = manifests.get(1).get("problems").get(0);
    assertEquals("error", error.get("severity").asString());
    assertEquals(FILE.toString(), error.get("file").asString());
    assertEquals(3, error.get("line").asInt());
    assertEquals(7, error.get("column").asInt());
    assertEquals("system.locale", error.get("path").asString());
    assertEquals("100% wrong", error.get("message").asString());
  }

  @Test
  void sarifHasAResultForEachProblem() {
    JsonNode log = parse(document.sarif("1.2.3"));
    assertEquals("2.1.0", log.get("version").asString());
    JsonNode run = log.get("runs").get(0);
    assertEquals("1.2.3", run.at("/tool/driver/version").asString());
    JsonNode results = run.get("results");
    assertEquals(2, results.size());
    JsonNode place = results.get(0).at("/locations/0/physicalLocation");
    assertEquals("images/a%20web,1%25.yml", place.at("/artifactLocation/uri").asString());
    assertEquals(3, place.at("/region/startLine").asInt());
    assertEquals(
        "system.locale: 100% wrong. Write en_US\nor C",
        results.get(0).at("/message/text").asString());
    assertEquals("warning", results.get(1).get("level").asString());
    assertEquals(true, results.get(1).at("/locations/0/physicalLocation/region").isMissingNode());
  }

  @Test
  void workflowCommandsAreOneLineForEachProblem() {
    assertEquals(
        """
        ::error file=images/a web%2C1%25.yml,line=3,col=7::system.locale: 100%25 wrong. Write en_US%0Aor C
        ::warning file=images/a web%2C1%25.yml::The file is old
        """,
        document.github());
  }
}
