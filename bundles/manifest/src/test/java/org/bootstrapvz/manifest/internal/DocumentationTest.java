/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
    for (JsonNode type : typeSchemas().values()) {
      collect(type, documentation, missing);
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void everySettingOfEveryPluginIsDocumented() throws IOException {
    String documentation = Files.readString(Path.of("../../docs/plugins.md"));
    List<String> missing = new ArrayList<>();
    List<Path> schemas;
    try (Stream<Path> files = Files.walk(Path.of(".."), 9)) {
      schemas =
          files
              .filter(file -> file.toString().matches(".*/plugin[^/]*/src/main/.*/schema.json"))
              .toList();
    }
    assertFalse(schemas.isEmpty());
    for (Path schema : schemas) {
      String name = schema.getParent().getFileName().toString();
      int start = documentation.indexOf("\n## " + name + "\n");
      if (start < 0) {
        missing.add(name);
        continue;
      }
      int end = documentation.indexOf("\n## ", start + 1);
      String section = documentation.substring(start, end < 0 ? documentation.length() : end);
      List<String> keys = new ArrayList<>();
      collect(JsonMapper.shared().readTree(Files.readString(schema)), section, keys);
      keys.forEach(key -> missing.add(name + "." + key));
    }
    assertEquals(List.of(), missing);
  }

  /** The schemas of bootloaders, image formats and filesystems, by the paths of their keys. */
  private static Map<String, JsonNode> typeSchemas() throws IOException {
    Map<String, String> prefixes =
        Map.of("Bootloader", "system.", "Image format", "volume.", "Filesystem", "PARTITION.");
    Map<String, JsonNode> schemas = new TreeMap<>();
    for (String bundle : List.of("../common", "../volume")) {
      try (Stream<Path> files = Files.walk(Path.of(bundle, "src/main/resources"))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
          JsonNode schema = JsonMapper.shared().readTree(Files.readString(file));
          String title = schema.path("title").asString("");
          prefixes.forEach(
              (kind, prefix) -> {
                if (title.startsWith(kind + " ")) {
                  schemas.put(prefix + " " + title, schema);
                }
              });
        }
      }
    }
    assertFalse(schemas.isEmpty());
    return schemas;
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
    if (schema.has("items")) {
      collect(schema.path("items"), documentation, missing);
    }
    schema.path("$defs").forEach(each -> collect(each, documentation, missing));
  }

  /** Keys of the schema whose value is not a map of named keys, by their paths. */
  private static void keys(JsonNode schema, String path, List<String> keys) {
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String key = path + property.getKey();
      if (property.getValue().path("properties").isEmpty()) {
        keys.add(key);
      } else {
        keys(property.getValue(), key + ".", keys);
      }
    }
  }

  private static List<String> rows(String page) {
    return page.lines().filter(line -> line.startsWith("| ")).toList();
  }

  @Test
  void everyKeyOfTheSchemaHasATest() throws IOException {
    String page = Files.readString(Path.of("../../docs/developing/tests.md"));
    List<String> keys = new ArrayList<>(List.of("volume.partitions.PATH"));
    try (InputStream stream = getClass().getResourceAsStream("schema.json")) {
      JsonNode schema = JsonMapper.shared().readTree(stream);
      keys(schema, "", keys);
      keys(schema.path("$defs").path("partition"), "PARTITION.", keys);
    }
    typeSchemas()
        .forEach((path, schema) -> keys(schema, path.substring(0, path.indexOf(' ')), keys));
    List<String> shown =
        rows(page.substring(0, page.indexOf("## Bad input"))).stream()
            .map(row -> row.split("`"))
            .filter(cells -> cells.length > 3)
            .map(cells -> cells[1])
            .toList();
    assertEquals(keys.stream().sorted().toList(), shown.stream().sorted().toList());
  }

  @Test
  void everyTestOnThePageExists() throws IOException {
    // Bundles of the same kind have tests of the same name.
    Map<String, List<Path>> classes = new TreeMap<>();
    for (String folder : List.of("../../bundles", "../../runtime")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files
            .filter(file -> file.toString().matches(".*/src/test/.*(Test|IT)\\.java"))
            .forEach(
                file ->
                    classes
                        .computeIfAbsent(
                            file.getFileName().toString().replaceFirst("\\.java$", ""),
                            name -> new ArrayList<>())
                        .add(file));
      }
    }
    Pattern test = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
    List<String> missing = new ArrayList<>();
    for (String row : rows(Files.readString(Path.of("../../docs/developing/tests.md")))) {
      List<MatchResult> names = test.matcher(row).results().toList();
      if (names.isEmpty() && !row.endsWith("| shown by |")) {
        missing.add(row);
      }
      for (MatchResult name : names) {
        if (!hasTest(classes.getOrDefault(name.group(1), List.of()), name.group(2))) {
          missing.add(name.group());
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  private static boolean hasTest(List<Path> classes, String name) throws IOException {
    for (Path file : classes) {
      if (Files.readString(file).contains("void " + name + "(")) {
        return true;
      }
    }
    return false;
  }
}
