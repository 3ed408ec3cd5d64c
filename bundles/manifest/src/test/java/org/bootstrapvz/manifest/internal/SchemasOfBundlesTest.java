/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What holds for the schema of every bundle. */
class SchemasOfBundlesTest {
  private static final List<String> NAMED = List.of("properties", "patternProperties", "$defs");

  /** An object whose keys are checked elsewhere: by the base schema, or by the schema of a type. */
  private static final List<String> OPEN_ON_PURPOSE =
      List.of("if", "then", "else", "provider", "system", "volume", "partitions", "labels");

  private final List<String> faults = new ArrayList<>();
  private JsonNode schema;
  private String file;

  private int check() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(Path.of(".."))) {
      files =
          found
              .filter(each -> each.toString().matches("\\.\\./[^/]+/src/main/resources/.*\\.json"))
              .toList();
    }
    int schemas = 0;
    for (Path each : files) {
      JsonNode read = Schemas.read(each.toUri().toURL());
      if (read.has("$schema") && read.path("type").asString("").equals("object")) {
        schema = read;
        file = each.getName(1).toString();
        walk(read, "", read, List.of());
        schemas++;
      }
    }
    return schemas;
  }

  /**
   * Checks a part.
   *
   * @param described the place that refers to it, or itself
   */
  private void walk(JsonNode part, String name, JsonNode described, List<String> path) {
    if (path.size() > 40) {
      throw new IllegalStateException("Cyclic: " + path);
    }
    String place = file + " " + String.join(".", path);
    boolean hasDescription = part.has("description") || described.has("description");
    if (part.has("pattern") && !hasDescription) {
      faults.add(place + ": pattern without a description");
    }
    if (part.has("properties")
        && !part.has("additionalProperties")
        && !path.isEmpty()
        && !OPEN_ON_PURPOSE.contains(name)) {
      faults.add(place + ": accepts unknown keys");
    }
    if (part.has("$ref")) {
      walk(SchemaPath.target(schema, part), name, part, append(path, "$ref"));
    }
    for (Map.Entry<String, JsonNode> entry : part.properties()) {
      if (NAMED.contains(entry.getKey())) {
        if (!entry.getKey().equals("$defs")) {
          for (Map.Entry<String, JsonNode> each : entry.getValue().properties()) {
            walk(each.getValue(), each.getKey(), each.getValue(), append(path, each.getKey()));
          }
        }
      } else if (entry.getValue().isObject()) {
        walk(entry.getValue(), entry.getKey(), entry.getValue(), append(path, entry.getKey()));
      } else if (entry.getValue().isArray()) {
        for (JsonNode each : entry.getValue()) {
          walk(each, entry.getKey(), each, append(path, entry.getKey()));
        }
      }
    }
  }

  private static List<String> append(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  /** Otherwise a message could only show the regular expression. */
  @Test
  void everyPatternIsDescribedAndNoMapIgnoresUnknownKeys() throws IOException {
    assertTrue(check() > 15, "found only a few schemas");
    assertEquals(List.of(), faults);
  }
}
