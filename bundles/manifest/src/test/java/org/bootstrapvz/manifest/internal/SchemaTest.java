/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that are validated against the schema of their plugin. */
class SchemaTest {
  @TempDir Path folder;
  private ManifestChecker checker;

  @BeforeEach
  void openChecker() {
    checker = new ManifestChecker(folder);
  }

  /** Checks settings of a plugin, which start in line 21, column 9. */
  private Manifest check(String settings, String schema) {
    Manifest manifest = checker.good(ManifestChecker.GOOD + "plugins:\n  some: " + settings + "\n");
    return checker.check(manifest, "plugins.some", schema);
  }

  private void assertProblems(String settings, String schema, String... problems) {
    check(settings, schema);
    assertEquals(String.join("\n", problems) + "\n", checker.problems());
  }

  private static final String ONE_PASSWORD =
      """
      {
        "type": "object",
        "properties": {
          "plain": { "$ref": "#/$defs/secret" },
          "crypted": { "$ref": "#/$defs/secret" }
        },
        "oneOf": [{ "required": ["plain"] }, { "required": ["crypted"] }],
        "additionalProperties": false,
        "$defs": { "secret": { "type": "string", "pattern": "^[a-z]+$", "writeOnly": true } }
      }
      """;

  @Test
  void secretsAreCollected() {
    Manifest checked = check("{plain: hush}", ONE_PASSWORD);
    assertEquals("", checker.problems());
    assertEquals(List.of(Secret.of("hush")), checked.secrets());
    assertFalse(checked.toString().contains("hush"));
  }

  @Test
  void theContentOfASecretMapIsSecretToo() {
    Manifest checked = check("{a: {b: [x, 12]}}", "{\"properties\":{\"a\":{\"writeOnly\":true}}}");
    assertEquals(List.of(Secret.of("x"), Secret.of("12")), checked.secrets());
  }

  @Test
  void secretsAreNotShown() {
    assertProblems(
        "{plain: HUSH}",
        ONE_PASSWORD,
        "m.yml:21:17: error: plugins.some.plain: The value does not have the right form. The"
            + " documentation of the key describes the form");
  }

  @Test
  void secretsOfTheWrongKindAreNotShown() {
    assertProblems(
        "{plain: 12345}",
        ONE_PASSWORD,
        "m.yml:21:17: error: plugins.some.plain: This must be text, but is a number. Put it in"
            + " quotes");
  }

  @Test
  void noneOfTheKeysOfWhichOneIsRequired() {
    assertProblems(
        "{plan: hush}",
        ONE_PASSWORD,
        "m.yml:21:3: error: plugins.some: One of the keys `plain`, `crypted` is missing. Add one"
            + " of them",
        "m.yml:21:10: error: plugins.some.plan: Unknown key `plan`. Did you mean `plain`? Allowed"
            + " here: plain, crypted");
  }

  @Test
  void severalKeysOfWhichOneIsRequired() {
    assertProblems(
        "{plain: a, crypted: b}",
        ONE_PASSWORD,
        "m.yml:21:9: error: plugins.some: Only one of the keys `plain`, `crypted` can be given."
            + " Remove the others");
  }

  @Test
  void missingSettings() {
    assertProblems(
        "",
        ONE_PASSWORD,
        "m.yml:21:3: error: plugins.some: One of the keys `plain`, `crypted` is missing. Add one"
            + " of them");
  }

  @Test
  void aValueOfOneOfSeveralKinds() {
    String schema =
        """
        {"properties": {
          "shrink": {"anyOf": [{"type": "boolean"}, {"enum": ["qemu-img", "zerofree"]}]},
          "size": {"anyOf": [{"type": "integer"}, {"type": "object"}]}}}
        """;
    assertProblems(
        "{shrink: qemu-imm, size: big}",
        schema,
        "m.yml:21:18: error: plugins.some.shrink: \"qemu-imm\" is not allowed here. Did you mean"
            + " qemu-img? Allowed: qemu-img, zerofree, true or false",
        "m.yml:21:34: error: plugins.some.size: This must be a whole number or a map, but is the"
            + " text \"big\"");
  }

  @Test
  void theMessageIsAboutTheNearestAlternative() {
    String schema =
        """
        {"oneOf": [
          {"required": ["kind", "a", "b"], "properties": {"kind": {"const": "one"}}},
          {"required": ["kind", "c"],
           "properties": {"kind": {"const": "two"}, "c": {"type": "integer"}}}]}
        """;
    assertProblems(
        "{kind: two, c: x}",
        schema,
        "m.yml:21:24: error: plugins.some.c: This must be a whole number, but is the text \"x\"");
  }

  @Test
  void aNumberInQuotes() {
    assertProblems(
        "{port: '80'}",
        "{\"properties\":{\"port\":{\"type\":\"integer\"}}}",
        "m.yml:21:16: error: plugins.some.port: This must be a whole number, but is the text"
            + " \"80\". Write it without quotes");
  }

  @Test
  void numbersOutOfTheirRange() {
    assertProblems(
        "{a: 0, b: 11, c: 3}",
        """
        {"properties": {"a": {"minimum": 1}, "b": {"exclusiveMaximum": 10}, "c": {"multipleOf": 2}}}
        """,
        "m.yml:21:13: error: plugins.some.a: 0 is out of range. It must be at least 1",
        "m.yml:21:19: error: plugins.some.b: 11 is out of range. It must be less than 10",
        "m.yml:21:26: error: plugins.some.c: 3 is out of range. It must be a multiple of 2");
  }

  @Test
  void listsOfTheWrongLength() {
    assertProblems(
        "{a: [1], b: [1, 2]}",
        "{\"properties\":{\"a\":{\"minItems\":2},\"b\":{\"maxItems\":1}}}",
        "m.yml:21:13: error: plugins.some.a: The list has only 1 entry. It needs at least 2"
            + " entries",
        "m.yml:21:21: error: plugins.some.b: The list has 2 entries. It can have at most 1 entry");
  }

  @Test
  void aDuplicateEntry() {
    assertProblems(
        "{a: [x, y, x]}",
        "{\"properties\":{\"a\":{\"uniqueItems\":true}}}",
        "m.yml:21:20: error: plugins.some.a.2: \"x\" appears twice in the list. Remove one of"
            + " them");
  }

  @Test
  void aConstant() {
    assertProblems(
        "{a: x}",
        "{\"properties\":{\"a\":{\"const\":\"y\"}}}",
        "m.yml:21:13: error: plugins.some.a: \"x\" is not allowed here. It must be y");
  }

  @Test
  void aKeyThatNeedsAnother() {
    assertProblems(
        "{user: a}",
        "{\"dependentRequired\":{\"user\":[\"password\"]}}",
        "m.yml:21:10: error: plugins.some.user: The key `user` needs the key `password`. Add that,"
            + " or remove this");
  }

  @Test
  void aKeyThatIsForbidden() {
    assertProblems(
        "{user: a}",
        "{\"not\":{\"required\":[\"user\"]},\"description\":\"Users are made elsewhere\"}",
        "m.yml:21:10: error: plugins.some.user: The key `user` cannot be given here. Users are"
            + " made elsewhere");
  }

  @Test
  void anUnevaluatedKeyMayBeOneOfAnIncludedSchema() {
    assertProblems(
        "{mirrro: a}",
        """
        {"allOf": [{"properties": {"mirror": {}}}], "properties": {"other": {}},
         "unevaluatedProperties": false}
        """,
        "m.yml:21:10: error: plugins.some.mirrro: Unknown key `mirrro`. Did you mean `mirror`?"
            + " Allowed here: other, mirror");
  }

  @Test
  void formatsOfPluginsAreCheckedToo() {
    assertProblems(
        "{size: 2, text: '{x', list: [{text: 3GB}]}",
        """
        {"properties": {
          "size": {"format": "size"},
          "text": {"format": "template"},
          "mail": {"format": "email"},
          "list": {"items": {"properties": {"text": {"format": "size"}}}}}}
        """,
        "m.yml:21:16: error: plugins.some.size: \"2\" is not a size: write a whole number and a"
            + " unit, for example 512MiB or 2GiB",
        "m.yml:21:25: error: plugins.some.text: The text has a { without a }. Write {{ and }} for"
            + " braces that are text");
  }

  @Test
  void aProvidersSchemaIsForTheWholeManifest() {
    Manifest manifest = checker.good(ManifestChecker.GOOD);
    checker.check(
        manifest,
        "",
        "{\"properties\":{\"volume\":{\"properties\":{\"backing\":{\"enum\":[\"qcow2\"]}}}}}");
    assertEquals(
        "m.yml:14:12: error: volume.backing: \"raw\" is not allowed here. Allowed: qcow2\n",
        checker.problems());
  }

  @Test
  void aSchemaThatIsNotJsonIsAProblemOfTheSettings() {
    check("{a: 1}", "{\n  \"type\" \"object\"\n}");
    assertEquals(
        "m.yml:21:9: error: plugins.some: The schema file:schema.json cannot be used: line 2: A"
            + " colon is missing before this\n",
        checker.problems());
  }

  @Test
  void aSchemaIsCompiledOnceUntilItIsEvicted() throws IOException {
    Schemas schemas = new Schemas();
    URL first = checker.file("first.json", "{}").toUri().toURL();
    Schemas.Compiled compiled = schemas.compile(first, VolumeTypes.NONE);
    assertSame(compiled, schemas.compile(first, VolumeTypes.NONE));
    for (int i = 0; i < 64; i++) {
      schemas.compile(checker.file("other" + i + ".json", "{}").toUri().toURL(), VolumeTypes.NONE);
    }
    assertFalse(compiled == schemas.compile(first, VolumeTypes.NONE), "It was not evicted");
  }
}
