/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DocumentationTest {
  @Test
  void everyKeyOfTheSchemaIsDocumented() throws IOException {
    String documentation = Files.readString(Path.of("../../docs/manifest.md"));
    List<String> missing = new ArrayList<>();
    try (InputStream schema = getClass().getResourceAsStream("schema.json")) {
      collect(JsonMapper.shared().readTree(schema), documentation, missing);
    }
    assertEquals(List.of(), missing);
  }

  private static void collect(JsonNode schema, String documentation, List<String> missing) {
    JsonNode properties = schema.path("properties");
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      if (property.getValue().isObject() && property.getValue().has("description")) {
        String key = property.getKey();
        boolean leaf = !property.getValue().has("properties");
        if (leaf
            && !documentation.contains("." + key + "`")
            && !documentation.contains("`" + key + "`")) {
          missing.add(key);
        }
      }
      collect(property.getValue(), documentation, missing);
    }
  }
}
