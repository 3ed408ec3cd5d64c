/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VisibleTextTest {
  @Test
  void charactersThatControlATerminalAreShown() {
    assertEquals("a\\x1b[31mb\\x00\\x07\\x0d", VisibleText.of("a\033[31mb\0\007\r"));
    assertEquals("\\u007f\\u009b2J", VisibleText.of("\u007f\u009b2J"));
  }

  @Test
  void charactersThatChangeTheOrderOfTheTextAreShown() {
    assertEquals("x\\u202etxt.exe\\u2066\\u200f", VisibleText.of("x\u202etxt.exe\u2066\u200f"));
    assertEquals("\\u2028", VisibleText.of("\u2028"));
  }

  @Test
  void loneSurrogatesAreShownAndPairsStay() {
    assertEquals("\\ud83d \ud83d\ude00 \\ude00", VisibleText.of("\ud83d \ud83d\ude00 \ude00"));
  }

  @Test
  void newlinesAndTabsStayUnlessTheTextIsOneLine() {
    assertEquals("a\n\tb", VisibleText.of("a\n\tb"));
    assertEquals("a\\x0a\\x09b", VisibleText.onOneLine("a\n\tb"));
  }

  @Test
  void otherTextIsUnchanged() {
    String text = "Größe \u4e2d\u6587 \u05d0 \ud83d\ude00 \\x1b";
    assertSame(text, VisibleText.of(text));
  }

  @Test
  void noControlCharacterOfAnyKindIsLeft() {
    StringBuilder all = new StringBuilder();
    for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
      all.appendCodePoint(character);
    }
    String shown = VisibleText.onOneLine(all.toString());
    assertTrue(shown.codePoints().noneMatch(Character::isISOControl));
    assertTrue(shown.codePoints().noneMatch(VisibleText::controls));
  }
}
