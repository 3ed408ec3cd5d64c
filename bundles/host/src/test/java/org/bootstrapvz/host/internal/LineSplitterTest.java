/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private final List<String> seen = new ArrayList<>();
  private final LineSplitter lines = new LineSplitter(seen::add);

  private void feed(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    lines.accept(bytes, bytes.length);
  }

  @Test
  void aLineMayArriveInPiecesAndTheLastOneNeedsNoLineFeed() {
    feed("on");
    feed("e\n\ntw");
    feed("o");
    assertEquals(List.of("one", ""), seen);
    lines.end();
    assertEquals(List.of("one", "", "two"), seen);
  }

  @Test
  void aCharacterMayBeSplitBetweenTwoReads() {
    byte[] bytes = "é\n".getBytes(UTF_8);
    lines.accept(bytes, 1);
    lines.accept(new byte[] {bytes[1], bytes[2]}, 2);
    assertEquals(List.of("é"), seen);
  }

  @Test
  void eachCarriageReturnOfAProgressBarEndsALine() {
    feed("\r 10 %\r 20 %");
    assertEquals(List.of(" 10 %"), seen);
    feed("\r");
    feed("\ndone\r\nnext\n");
    assertEquals(List.of(" 10 %", " 20 %", "done", "next"), seen);
  }

  @Test
  void invalidUtf8IsReplaced() {
    lines.accept(new byte[] {'a', (byte) 0xff, 'b', '\n'}, 4);
    assertEquals(List.of("a\ufffdb"), seen);
  }

  @Test
  void anEndlessLineIsCut() {
    byte[] block = "x".repeat(100_000).getBytes(UTF_8);
    for (int i = 0; i < 20; i++) {
      lines.accept(block, block.length);
    }
    feed("\nshort\n");
    assertEquals(LineSplitter.LIMIT + 1, seen.get(0).length());
    assertEquals("x…", seen.get(0).substring(LineSplitter.LIMIT - 1));
    assertEquals("short", seen.get(1));
  }
}
