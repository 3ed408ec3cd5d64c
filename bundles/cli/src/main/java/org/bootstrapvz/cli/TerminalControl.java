/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Control sequences that a command sends to its {@link Terminal}. Sequences from builds, names and
 * errors are displayed instead. A random mark identifies the sequences of commands; the terminal
 * removes it.
 */
public final class TerminalControl {
  static final byte START = 0x10;

  private static final String MARK =
      (char) START + String.format("%016x", new SplittableRandom().nextLong());

  private static final byte[] MARK_BYTES = MARK.getBytes(StandardCharsets.US_ASCII);

  private TerminalControl() {}

  /**
   * Returns a sequence as it is to be printed.
   *
   * @param sequence ASCII characters
   */
  public static String of(String sequence) {
    return MARK + (char) sequence.length() + sequence;
  }

  /**
   * Returns the length of the mark and of what precedes the sequence, if there may be one here.
   *
   * @param end the end of the bytes that are known
   * @return 0 if there is none; -1 if it is not known yet
   */
  static int head(byte[] bytes, int at, int end) {
    for (int i = 0; i < MARK_BYTES.length; i++) {
      if (at + i >= end) {
        return -1;
      }
      if (bytes[at + i] != MARK_BYTES[i]) {
        return 0;
      }
    }
    int length = at + MARK_BYTES.length;
    return length >= end || length + bytes[length] >= end ? -1 : MARK_BYTES.length + 1;
  }
}
