/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.manifest.internal.VisibleTexts.VisibleText;
import org.junit.jupiter.api.Test;

/** The texts that users read do not contain words that are not plain technical English. */
class PlainEnglishTest {
  private static List<Refused> refused() throws IOException {
    try (InputStream list = PlainEnglishTest.class.getResourceAsStream("refused-words.txt")) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Refused::parse)
          .toList();
    }
  }

  /** A word or phrase, and its replacement. */
  private record Refused(Pattern words, String replacement) {
    static Refused parse(String line) {
      String[] cells = line.split(" = ", 2);
      return new Refused(
          Pattern.compile("(?i)\\b(?:" + cells[0].strip() + ")\\b"), cells[1].strip());
    }
  }

  @Test
  void noTextThatUsersReadHasARefusedWord() throws IOException {
    List<VisibleText> texts = VisibleTexts.of(Path.of("../.."));
    assertFalse(texts.isEmpty());
    List<String> found = new ArrayList<>();
    for (Refused refused : refused()) {
      for (VisibleText text : texts) {
        Matcher matcher = refused.words().matcher(text.text());
        if (matcher.find()) {
          found.add(
              text.place() + ": \"" + matcher.group() + "\"; write: " + refused.replacement());
        }
      }
    }
    assertTrue(found.isEmpty(), () -> String.join("\n", found));
  }

  @Test
  void joinedLiteralsAreOneTextAndCommentsAreIgnored() {
    List<VisibleText> texts = new ArrayList<>();
    VisibleTexts.literals(
        "A.java",
        "// \"a comment\"\nf(\"given\"\n    + \" back\", \"\"\"\n    a block\"\"\");\n/* \"no\" */",
        texts);
    assertEquals(
        List.of(new VisibleText("A.java:2", "given back"), new VisibleText("A.java:3", "a block")),
        texts.stream().map(text -> new VisibleText(text.place(), text.text().strip())).toList());
  }
}
