/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be read as a manifest, and the messages about them. */
class SyntaxTest {
  @TempDir Path folder;
  private ManifestChecker checker;

  @BeforeEach
  void openChecker() {
    checker = new ManifestChecker(folder);
  }

  private void assertRefused(String name, String text, String problem) {
    assertTrue(checker.read(name, text).isEmpty(), "A manifest was made of it");
    assertEquals(problem + "\n", checker.problems());
  }

  private void assertRefused(Path file, String problem) {
    assertTrue(
        checker
            .reader
            .read(file, VolumeTypes.NONE, p -> assertEquals(problem, p.toString()))
            .isEmpty());
  }

  @Test
  void aFileThatDoesNotExist() {
    assertRefused(
        Path.of("nowhere.yml"),
        "nowhere.yml: error: There is no such file. Check the path of the manifest");
  }

  @Test
  void aFolder() {
    assertRefused(folder, folder + ": error: This is a directory. Name a manifest file in it");
  }

  @Test
  void aFileThatIsNotReadable() throws IOException {
    Path device = Files.createSymbolicLink(folder.resolve("m.yml"), Path.of("/dev/null"));
    assertRefused(
        device,
        device
            + ": error: The file cannot be read. Check that you may read it and that it is an"
            + " ordinary file");
    Files.delete(device);
  }

  @Test
  void anotherExtension() {
    assertRefused(
        "m.YML",
        ManifestChecker.GOOD,
        "m.YML: error: The name of a manifest ends in .yml, .yaml or .json. Rename the file, or"
            + " name another one");
  }

  @Test
  void anEmptyFile() {
    String problem =
        "m.yml: error: The file is empty. Write a manifest: a map with name, provider,"
            + " bootstrapper, system and volume";
    assertRefused("m.yml", "", problem);
  }

  @Test
  void aFileOfCommentsIsEmptyToo() {
    assertRefused(
        "m.json",
        "/* nothing */",
        "m.json: error: The file is empty. Write a manifest: a map with name, provider,"
            + " bootstrapper, system and volume");
  }

  @Test
  void anotherEncoding() throws IOException {
    Path file = folder.resolve("m.yml");
    Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xE4});
    assertRefused(
        file, file + ": error: The file is not UTF-8 text. Save it with the encoding UTF-8");
  }

  @Test
  void aByteOrderMarkDoesNotMatter() {
    assertEquals("debian-trixie", checker.good("\uFEFF" + ManifestChecker.GOOD).name());
  }

  @Test
  void aTabForIndentation() {
    assertRefused(
        "m.yml",
        "name: a\nsystem:\n\trelease: trixie\n",
        "m.yml:3:1: error: A tab is used for indentation. YAML allows only blanks there: replace"
            + " the tab by blanks");
  }

  @Test
  void aTabInATextIsNotIndentation() {
    Optional<Manifest> manifest = checker.read("name: |\n  a\n  \tb\n");
    assertEquals("a\n\tb\n", manifest.orElseThrow().at("name").text());
  }

  @Test
  void aDuplicateKey() {
    assertTrue(checker.read(ManifestChecker.GOOD + "name: other\n").isPresent());
    assertEquals(
        "m.yml:20:1: error: The key `name` is a duplicate; it is already defined in line 1."
            + " Remove one of them\n",
        checker.problems());
  }

  @Test
  void aListAtTheTop() {
    assertRefused(
        "m.yml",
        "# a comment\n- name\n",
        "m.yml:2:1: error: A manifest is a map, but this is a list. Start with keys such as name:"
            + " and provider:");
  }

  @Test
  void aTextAtTheTop() {
    assertRefused(
        "m.yml",
        "name\n",
        "m.yml:1:1: error: A manifest is a map, but this is a single value. Start with keys such"
            + " as name: and provider:");
  }

  @Test
  void severalDocuments() {
    assertRefused(
        "m.yml",
        "---\nname: a\n---\nname: b\n",
        "m.yml:4:1: error: A second document starts here. Write one manifest in a file, without a"
            + " second line of ---");
  }

  @Test
  void aListThatIsNotClosed() {
    assertRefused(
        "m.yml",
        "name: [a\nprovider: b\n",
        "m.yml:2:9: error: The list that starts in line 1, column 7 is not closed. Separate its"
            + " entries by commas and end it with ]");
  }

  @Test
  void aMapThatIsNotClosed() {
    assertRefused(
        "m.yml",
        "system: {release: trixie\nvolume: b\n",
        "m.yml:2:7: error: The map that starts in line 1, column 9 is not closed. Separate its"
            + " entries by commas and end it with }");
  }

  @Test
  void aQuoteThatIsNotClosed() {
    assertRefused(
        "m.yml",
        "name: \"abc\nprovider: x\n",
        "m.yml:1:7: error: Unterminated quoted string. End it with the same quote");
  }

  @Test
  void aColonInAText() {
    assertRefused(
        "m.yml",
        "name: a: b\n",
        "m.yml:1:8: error: A mapping is not allowed here. Check the indentation; put a"
            + " text with a colon and a blank in it in quotes");
  }

  @Test
  void aLineThatIsIndentedWrongly() {
    assertRefused(
        "m.yml",
        "system:\n  release: trixie\n architecture: amd64\n",
        "m.yml:3:2: error: The line does not fit into the map that starts in line 1, column 1."
            + " Indent the entries of a map and the dashes of a list to the same column");
  }

  @Test
  void aLineWithoutAColon() {
    assertRefused(
        "m.yml",
        "name: a\nprovider\nsystem: b\n",
        "m.yml:2:1: error: This is not followed by a colon. Write a map's entries as key: value");
  }

  @Test
  void aCharacterThatCannotStartAValue() {
    assertRefused(
        "m.yml", "name: @a\n", "m.yml:1:7: error: A value cannot start with @. Put it in quotes");
  }

  @Test
  void anAliasWithoutAnAnchor() {
    assertRefused(
        "m.yml",
        "name: *a\n",
        "m.yml:1:7: error: There is no anchor before this alias. Quote a string that starts with"
            + " *");
  }

  @Test
  void anAliasInItsOwnAnchor() {
    assertRefused(
        "m.yml",
        "a: &a\n  b: *a\n",
        "m.yml:1:4: error: The value contains an alias of itself. Remove the alias *… inside it");
  }

  @Test
  void aliasesThatMultiply() {
    assertRefused(
        "m.yml",
        """
        a: &a [x, x, x, x, x, x, x, x, x, x]
        b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
        c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
        d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
        e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
        """,
        "m.yml:1:35: error: There are more than 100000 values. Use fewer values or aliases");
  }

  @Test
  void aTagThatWouldMakeAnObject() {
    assertRefused(
        "m.yml",
        "name: !!javax.script.ScriptEngineManager [a]\n",
        "m.yml:1:7: error: The tag !!javax.script.ScriptEngineManager is not supported. Write"
            + " texts, numbers, booleans, lists and maps without tags");
  }

  @Test
  void aListAsKey() {
    assertRefused(
        "m.yml",
        "? [a, b]\n: c\n",
        "m.yml:1:3: error: A list or map cannot be a key. Write a text as key");
  }

  @Test
  void aControlCharacter() {
    assertRefused(
        "m.yml",
        "name: a\nx: b\u0007\n",
        "m.yml:2:5: error: The character U+0007 is not allowed in YAML. Remove it, or write it as"
            + " an escape in double quotes");
  }

  @Test
  void jsonWithComments() {
    checker.read(
        "m.json",
        """
        { // a comment
          /* another
             one */ "name": "http://host/*no comment*/", "nam": 1
        }
        """);
    assertTrue(
        checker.problems().contains("m.json:3:50: error: nam: Unknown key `nam`"),
        checker.problems());
  }

  @Test
  void jsonWithoutAComma() {
    assertRefused(
        "m.json",
        "{ \"name\": \"x\"\n  \"a\": 3 }\n",
        "m.json:2:3: error: A comma is missing before this. Separate entries by commas");
  }

  @Test
  void jsonWithACommaTooMany() {
    assertRefused(
        "m.json",
        "{ \"name\": \"x\", }\n",
        "m.json:1:16: error: Expected a key in double quotes. Write keys in double quotes,"
            + " and no comma after the last entry");
  }

  @Test
  void jsonWithATextWithoutQuotes() {
    assertRefused(
        "m.json",
        "{ \"name\": x }\n",
        "m.json:1:11: error: Expected a value. Write texts in double quotes, and no comma"
            + " after the last entry");
  }

  @Test
  void jsonThatEndsTooEarly() {
    assertRefused(
        "m.json",
        "{ \"name\": \"x\"\n",
        "m.json:2:1: error: The file ends too early. Close every quote, bracket and brace");
  }

  @Test
  void jsonWithTrailingText() {
    assertRefused(
        "m.json",
        "{ \"name\": \"x\" } {}\n",
        "m.json:1:17: error: Something follows the end of the document. Write one manifest in a"
            + " file: one pair of braces around everything");
  }

  @Test
  void jsonWithADuplicateKey() {
    checker.read("m.json", "{\n  \"name\": \"x\",\n  \"name\": \"y\"\n}\n");
    assertTrue(
        checker
            .problems()
            .contains(
                "m.json:3:3: error: The key `name` is a duplicate; it is already defined in"
                    + " line 2. Remove one of them\n"),
        checker.problems());
  }

  @Test
  void aFileThatIsTooLargeIsNotReadToItsEnd() throws IOException {
    Path large = folder.resolve("large.yml");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(1L << 36); // sparse, and more than fits into memory
    }
    assertRefused(
        large,
        large
            + ": error: The file is larger than 1048576 bytes. Write a smaller manifest; it can name"
            + " files instead of containing them");
  }

  @Test
  void anEscapeThatStandsForNulOrForHalfOfACharacter() {
    assertRefused(
        "m.yml",
        "provider:\n  name: \"kv\\0m\"\n",
        "m.yml:2:9: error: The text contains the character U+0000. Remove the escape that stands for"
            + " it");
    openChecker();
    assertRefused(
        "m.yml",
        "plugins: {\"a\\0\": 1}\n",
        "m.yml:1:11: error: The text contains the character U+0000. Remove the escape that stands"
            + " for it");
    openChecker();
    assertRefused(
        "m.json",
        "{\"name\": \"\\ud800\"}",
        "m.json:1:10: error: The text contains half of a character. Write both halves of a surrogate"
            + " pair");
  }
}
