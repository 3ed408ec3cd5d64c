/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private final List<String> seen = new ArrayList<>();
  private final List<String> parts = new ArrayList<>();
  private IntUnaryOperator taken = IntUnaryOperator.identity();
  private final LineSplitter lines =
      new LineSplitter(
          new LineSplitter.Sink() {
            @Override
            public void line(String line) {
              seen.add(line);
            }

            @Override
            public int part(String text, boolean last) {
              int length = last ? text.length() : taken.applyAsInt(text.length());
              parts.add(text.substring(0, length));
              if (last) {
                seen.add(String.join("", parts));
              }
              return length;
            }
          });

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
  void nulsStayInTheLine() {
    feed("a\0b\n\0\n");
    assertEquals(List.of("a\0b", "\0"), seen);
  }

  @Test
  void aLongLineComesInPartsAndIsNeverInMemoryAsAWhole() {
    byte[] block = "x".repeat(100_000).getBytes(UTF_8);
    for (int i = 0; i < 20; i++) {
      lines.accept(block, block.length);
      assertEquals(i + 1, parts.size());
    }
    feed("\nshort\n");
    assertEquals(List.of("x".repeat(2_000_000), "short"), seen);
  }

  @Test
  void whatIsNotTakenOfALongLineComesAgainWithTheNextPart() {
    taken = length -> length - 10;
    byte[] block = ("0123456789".repeat(7_000)).getBytes(UTF_8);
    lines.accept(block, block.length);
    lines.accept(block, block.length);
    feed("end\n");
    assertEquals(List.of("0123456789".repeat(14_000) + "end"), seen);
    assertEquals(3, parts.size());
  }

  @Test
  void aCharacterIsNotDividedBetweenTheParts() {
    byte[] bytes = ("x" + "\ud83d\ude00".repeat(50_000) + "\u00e9\n").getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i += 1000) {
      byte[] piece = Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + 1000));
      lines.accept(piece, piece.length);
    }
    assertEquals("x" + "\ud83d\ude00".repeat(50_000) + "\u00e9", seen.get(0));
    assertEquals(4, parts.size());
  }

  @Test
  void aLineOfWhichNothingIsTakenIsCutAndSaysHowManyBytesAreMissing() {
    taken = length -> 0;
    byte[] block = "x".repeat(100_000).getBytes(UTF_8);
    for (int i = 0; i < 20; i++) {
      lines.accept(block, block.length);
    }
    feed("\nshort\n");
    assertEquals(
        "x".repeat(LineSplitter.LIMIT)
            + "\u2026 ["
            + (2_000_000 - LineSplitter.LIMIT)
            + " bytes cut]",
        seen.get(0));
    assertEquals("short", seen.get(1));
  }
}
