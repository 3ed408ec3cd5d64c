/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** No message quotes a secret, for every field that a schema of the project marks as one. */
class SecretFieldsTest {
  private static final String CANARY = "Canary77";

  /** What may be written where a secret belongs, or a map with a secret. */
  private static final List<String> SHAPES =
      List.of(
          "Canary77",
          "[Canary77]",
          "{Canary77}",
          "{Canary77: x}",
          "{password: {Canary77: [Canary77]}}",
          "{x: Canary77}",
          "[[Canary77, Canary77]]",
          "\"Canary77\\n:Canary77\"",
          "\"\\0Canary77\"",
          "*Canary77",
          "!Canary77",
          "!Canary77 x",
          "&Canary77",
          "@Canary77",
          "%Canary77",
          "`Canary77`",
          "\"Canary77",
          "Canary77: x",
          "Canary77: Canary77: x",
          "[Canary77",
          "{Canary77",
          "Canary77 # x",
          "{plan: {plans.x: Canary77}}");

  @TempDir Path folder;

  /** The paths of all secrets, by the schema file. */
  private static Map<Path, List<List<String>>> secrets() throws IOException {
    Map<Path, List<List<String>>> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of(".."), 12)) {
      for (Path file :
          files
              .filter(each -> each.toString().contains("/src/main/resources/"))
              .filter(each -> each.toString().endsWith(".json"))
              .toList()) {
        JsonNode schema = Schemas.read(file.toUri().toURL());
        List<List<String>> found = new ArrayList<>();
        collect(schema, schema, List.of(), found);
        if (schema.has("$schema") && !found.isEmpty()) {
          all.put(file, found);
        }
      }
    }
    return all;
  }

  private static void collect(
      JsonNode schema, JsonNode part, List<String> path, List<List<String>> found) {
    JsonNode target = SchemaPath.target(schema, part);
    if (target.path("writeOnly").asBoolean(false)) {
      found.add(path);
      return;
    }
    for (Map.Entry<String, JsonNode> entry : target.path("properties").properties()) {
      List<String> below = new ArrayList<>(path);
      below.add(entry.getKey());
      collect(schema, entry.getValue(), below, found);
    }
    for (String choice : List.of("allOf", "anyOf", "oneOf")) {
      target.path(choice).forEach(each -> collect(schema, each, path, found));
    }
  }

  @Test
  void everyMarkIsFound() throws IOException {
    List<String> fields = new ArrayList<>();
    secrets()
        .forEach(
            (file, paths) ->
                paths.forEach(path -> fields.add(file.getName(1) + " " + String.join(".", path))));
    assertEquals(
        List.of(
            "plugin.admin-user password",
            "plugin.apt-proxy password",
            "plugin.debconf ",
            "plugin.root-password password",
            "plugin.root-password password-crypted",
            "provider.docker provider.push.password",
            "provider.ec2 provider.credentials.secret-key",
            "provider.oracle provider.credentials.password"),
        fields);
  }

  @Test
  void noMessageQuotesASecretOfTheWrongShape() throws IOException {
    int checked = 0;
    for (Map.Entry<Path, List<List<String>>> schema : secrets().entrySet()) {
      for (List<String> path : schema.getValue()) {
        for (int depth = 0; depth <= path.size(); depth++) {
          for (String shape : SHAPES) {
            // A key with a value is shown in a map that has secrets, as it is probably misspelt.
            if (depth < path.size() && shape.equals("{Canary77: x}")) {
              continue;
            }
            assertHidden(schema.getKey(), path.subList(0, depth), shape);
            checked++;
          }
        }
      }
    }
    assertTrue(checked > 200, "checked " + checked);
  }

  private void assertHidden(Path schema, List<String> path, String shape) throws IOException {
    StringBuilder settings = new StringBuilder("plugins:\n  some:");
    for (int i = 0; i < path.size(); i++) {
      settings.append('\n').append("  ".repeat(i + 2)).append(path.get(i)).append(':');
    }
    settings.append(' ').append(shape).append('\n');
    assertHidden(schema, ManifestChecker.GOOD + settings);
  }

  private void assertHidden(Path schema, String manifest) throws IOException {
    ManifestChecker checker = new ManifestChecker(folder);
    checker
        .read(manifest)
        .ifPresent(
            read -> {
              try {
                checker.check(read, "plugins.some", Files.readString(schema));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    assertFalse(checker.problems().contains(CANARY), () -> manifest + checker.problems());
  }

  @Test
  void aTextInThePlaceOfAllPluginsOrOfTheProviderIsNotQuoted() {
    for (String shape : List.of("Canary77", "[Canary77]", "12Canary77")) {
      ManifestChecker checker = new ManifestChecker(folder);
      checker.read(ManifestChecker.GOOD + "plugins: " + shape + "\n");
      checker.read(ManifestChecker.GOOD.replace("\n  name: kvm", " " + shape));
      assertTrue(checker.problems().contains("must be a map"), checker.problems());
      assertFalse(checker.problems().contains("Canary77"), checker.problems());
    }
  }

  @Test
  void theFormatOfASecretIsCheckedWithoutQuotingIt() throws IOException {
    ManifestChecker checker = new ManifestChecker(folder);
    checker.check(
        checker.good(ManifestChecker.GOOD + "plugins:\n  some: {a: \"{Canary77}\"}\n"),
        "plugins.some",
        "{\"properties\":{\"a\":{\"type\":\"string\",\"format\":\"template\",\"writeOnly\":true}}}");
    assertEquals(
        "m.yml:21:13: error: plugins.some.a: The value does not have the right form. It must be a"
            + " template\n",
        checker.problems());
  }
}
