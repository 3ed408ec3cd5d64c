/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.volume.ImageFormat;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.bootstrapvz.testkit.StandardTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TypeRulesTest {
  @TempDir Path folder;
  private ManifestChecker checker;

  @BeforeEach
  void openChecker() {
    checker = new ManifestChecker(folder);
  }

  private static ImageFormat format(String name, Optional<URL> schema, String... platforms) {
    return new ImageFormat(
        name,
        "",
        schema,
        List.of(platforms),
        ImageFormat.Content.FILE,
        name,
        name,
        List.of(),
        false,
        Optional.empty());
  }

  /** Adds image formats to the standard ones. */
  private void install(ImageFormat... formats) {
    VolumeTypes standard = StandardTypes.all();
    List<ImageFormat> all = new ArrayList<>(standard.imageFormats());
    all.addAll(List.of(formats));
    checker.types = new VolumeTypes(standard.bootloaders(), all, standard.filesystems());
  }

  private URL schema(String name, String text) throws IOException {
    return checker.file(name, text).toUri().toURL();
  }

  private JsonNode applied(String schema) throws IOException {
    return JsonMapper.shared()
        .readTree(checker.reader.schema(schema("rule.json", schema), checker.types));
  }

  @Test
  void aManifestMayNameATypeAsSoonAsItIsInstalled() {
    String text = ManifestChecker.GOOD.replace("backing: raw", "backing: vhdx");
    checker.read(text);
    assertTrue(checker.problems().contains("\"vhdx\" is not allowed here"), checker.problems());

    checker = new ManifestChecker(folder);
    install(format("vhdx", Optional.empty(), "qemu"));
    assertEquals("vhdx", checker.good(text).imageFormat().name());
  }

  @Test
  void aRuleAllowsTheTypesThatHaveOneOfTheValuesOfEachCapability() throws IOException {
    install(format("vhdx", Optional.empty(), "qemu", "hyper-v"));

    assertEquals(
        "[\"vhd\",\"vhdx\"]",
        applied("{\"imageFormats\": {\"platforms\": [\"hyper-v\"], \"content\": [\"file\"]}}")
            .get("enum")
            .toString());
    assertEquals(
        "[\"vhd\",\"vmdk\",\"vhdx\"]",
        applied("{\"imageFormats\": {\"platforms\": [\"vmware\", \"hyper-v\"]}}")
            .get("enum")
            .toString());
    assertEquals(
        "[\"none\"]",
        applied("{\"bootloaders\": {\"bootable\": [\"false\"]}}").get("enum").toString());
    assertEquals(
        "[]", applied("{\"imageFormats\": {\"nonsense\": [\"x\"]}}").get("enum").toString());
  }

  @Test
  void aKeyOfAMapWithTheNameOfARuleIsNotReplaced() throws IOException {
    String schema =
        "{\"properties\":{\"filesystems\":{\"type\":\"object\"}},\"const\":{\"bootloaders\":{}}}";

    assertEquals(JsonMapper.shared().readTree(schema), applied(schema));
  }

  @Test
  void theKeysOfATypeAreOnlyAllowedInAMapThatNamesIt() throws IOException {
    URL own =
        schema(
            "vhdx.json",
            """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "properties": {
                "subformat": { "description": "Kind of a vhdx", "enum": ["dynamic", "fixed"] },
                "log-size": { "description": "Size of the log", "type": "string", "format": "size" }
              }
            }
            """);
    install(format("vhdx", Optional.of(own), "qemu"));
    String vhdx = ManifestChecker.GOOD.replace("backing: raw", "backing: vhdx");

    checker.good(vhdx + "  subformat: fixed\n  log-size: 1MiB\n");
    checker.good(
        ManifestChecker.GOOD.replace("backing: raw", "backing: vmdk")
            + "  subformat: streamOptimized\n");
    checker.read(vhdx + "  subformat: streamOptimized\n  log-size: 1 mega\n");
    checker.read(ManifestChecker.GOOD + "  subformat: fixed\n");
    assertEquals(
        """
        m.yml:20:14: error: volume.subformat: "streamOptimized" is not allowed here. Allowed: \
        dynamic, fixed
        m.yml:21:13: error: volume.log-size: "1 mega" is not a size: write a whole number and a \
        unit, for example 512MiB or 2GiB
        m.yml:20:3: error: volume.subformat: This key cannot be given here. Only a volume with \
        backing vmdk or vhdx has it
        """,
        checker.problems());
  }

  @Test
  void aCompiledSchemaIsNotUsedForOtherTypes() {
    assertEquals(TypeRules.fingerprint(checker.types), TypeRules.fingerprint(StandardTypes.all()));
    install(format("vhdx", Optional.empty(), "qemu"));
    String before = TypeRules.fingerprint(checker.types);
    assertNotEquals(before, TypeRules.fingerprint(StandardTypes.all()));
    install(format("vhdx", Optional.empty(), "hyper-v"));
    assertNotEquals(before, TypeRules.fingerprint(checker.types));
  }

  @Test
  void theBaseSchemaAsTextListsTheInstalledTypes() {
    install(format("vhdx", Optional.empty(), "qemu"));

    JsonNode schema = JsonMapper.shared().readTree(checker.reader.schema(checker.types));

    JsonNode backing = schema.at("/properties/volume/properties/backing/enum");
    assertTrue(backing.toString().contains("\"vhdx\""), backing.toString());
    assertFalse(schema.toString().contains("imageFormats"));
    assertTrue(schema.at("/properties/volume/properties").has("subformat"));
    assertTrue(schema.at("/$defs/partition/properties").has("subvolumes"));
  }
}
