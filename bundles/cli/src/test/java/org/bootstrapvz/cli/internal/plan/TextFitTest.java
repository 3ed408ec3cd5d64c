/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextFitTest {
  @Test
  void textThatFitsIsNotChanged() {
    assertEquals("short", TextFit.cut("short", 10, 100));
    assertEquals(List.of("two words"), TextFit.wrap("two words", 10, 100, 2));
  }

  @Test
  void linesBreakBetweenWords() {
    assertEquals(
        List.of("the first line", "the second"),
        TextFit.wrap("the first line the second", 10, 75, 2));
  }

  @Test
  void theLastLineIsCut() {
    List<String> lines = TextFit.wrap("one two three four five six seven", 10, 60, 2);

    assertEquals(2, lines.size());
    assertTrue(lines.get(1).endsWith("\u2026"), lines.toString());
    lines.forEach(line -> assertTrue(TextFit.width(line, 10) <= 60, line));
  }

  @Test
  void aWordTooLongForALineIsCut() {
    List<String> lines = TextFit.wrap("Donaudampfschifffahrtsgesellschaft sails", 10, 60, 2);

    assertTrue(lines.get(0).endsWith("\u2026"), lines.toString());
    assertEquals("sails", lines.get(1));
  }
}
