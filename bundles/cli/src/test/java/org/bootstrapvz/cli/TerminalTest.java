/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What reaches a terminal of what is printed to it. */
class TerminalTest {
  private final TestTerminal terminal = new TestTerminal();

  private String shown(byte[] bytes) {
    TestTerminal each = new TestTerminal();
    each.plain().out().write(bytes, 0, bytes.length);
    return each.out();
  }

  private String shown(String text) {
    return shown(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void controlCharactersAreShownAndTheRestIsUnchanged() {
    assertEquals(
        "a\\x1b[2Jb\tc\n\\u009b\\u202e Größe \ud83d\ude00",
        shown("a\033[2Jb\tc\n\u009b\u202e Größe \ud83d\ude00"));
  }

  @Test
  void theCarriageReturnBeforeALineFeedIsDroppedAndAnotherOneIsShown() {
    assertEquals("a\nb\\x0dc", shown("a\r\nb\rc"));
  }

  @Test
  void bytesThatAreNotUtf8AreShown() {
    assertEquals(
        "\\x9b2J\\xc3(\\xed\\xa0\\x80\\xff\\xc0\\x9b",
        shown(
            new byte[] {
              (byte) 0x9b,
              '2',
              'J',
              (byte) 0xc3,
              '(',
              (byte) 0xed,
              (byte) 0xa0,
              (byte) 0x80,
              (byte) 0xff,
              (byte) 0xc0,
              (byte) 0x9b
            }));
  }

  @Test
  void charactersAndOwnSequencesMayArriveByteByByte() {
    Terminal own = terminal.live();
    String text = new Style(true).error("Größe \ud83d\ude00 \033") + "\r\n\020\033[2J.";
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      own.out().write(each);
    }
    assertEquals("\033[31mGröße \ud83d\ude00 \\x1b\033[0m\n\\x10\\x1b[2J.", terminal.out());
  }

  @Test
  void aForeignSequenceDoesNotBecomeOurOwnByAForgedMark() {
    String mark = TerminalControl.of("");
    String forged = mark.substring(0, mark.length() - 2) + "!\4\033[2J";
    terminal.live().err().print(forged);
    assertFalse(terminal.err().contains("\033"), terminal.err());
  }

  @Test
  void aTerminalThatIsClosedIsNoticed() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("closed");
          }
        };
    PrintStream out =
        new Terminal(
                new PrintStream(closed, true),
                new PrintStream(closed, true),
                InputStream.nullInputStream(),
                false,
                false,
                80,
                true,
                Map.of())
            .out();
    assertFalse(out.checkError());
    out.println("text");
    assertTrue(out.checkError());
  }
}
