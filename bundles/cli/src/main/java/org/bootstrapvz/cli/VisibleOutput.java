/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bootstrapvz.api.value.VisibleText;

/**
 * The output of a terminal in UTF-8: only the control characters of {@link TerminalControl}, and
 * newlines and tabs, are sent; all others are shown.
 */
final class VisibleOutput extends PrintStream {
  private VisibleOutput(PrintStream terminal) {
    super(new Filter(terminal), false, StandardCharsets.UTF_8);
  }

  /** An output that prints to a terminal. */
  static PrintStream to(PrintStream terminal) {
    return terminal instanceof VisibleOutput ? terminal : new VisibleOutput(terminal);
  }

  private static final class Filter extends OutputStream {
    private final PrintStream terminal;

    /** The beginning of a character or of a sequence of which the rest is still to come. */
    private byte[] pending = {};

    Filter(PrintStream terminal) {
      this.terminal = terminal;
    }

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] more, int offset, int length) {
      byte[] bytes = new byte[pending.length + length];
      System.arraycopy(pending, 0, bytes, 0, pending.length);
      System.arraycopy(more, offset, bytes, pending.length, length);
      ByteArrayOutputStream shown = new ByteArrayOutputStream(bytes.length + 16);
      int at = 0;
      while (at < bytes.length) {
        int used = show(bytes, at, shown);
        if (used == 0) {
          break;
        }
        at += used;
      }
      pending = Arrays.copyOfRange(bytes, at, bytes.length);
      terminal.write(shown.toByteArray(), 0, shown.size());
    }

    /** Shows what is at a position; returns its length, or 0 if more bytes are needed. */
    private static int show(byte[] bytes, int at, ByteArrayOutputStream shown) {
      byte first = bytes[at];
      if (first < 0) {
        return showCharacter(bytes, at, shown);
      }
      if (first == TerminalControl.START) {
        int head = TerminalControl.head(bytes, at, bytes.length);
        if (head < 0) {
          return 0;
        }
        if (head > 0) {
          int length = bytes[at + head - 1];
          shown.write(bytes, at + head, length);
          return head + length;
        }
      }
      if (first == '\r') {
        if (at + 1 == bytes.length) {
          return 0;
        }
        if (bytes[at + 1] == '\n') {
          return 1;
        }
      }
      if (first == '\n' || first == '\t' || !VisibleText.controls(first)) {
        shown.write(first);
      } else {
        shown.writeBytes(VisibleText.escaped(first).getBytes(StandardCharsets.US_ASCII));
      }
      return 1;
    }

    private static int showCharacter(byte[] bytes, int at, ByteArrayOutputStream shown) {
      int first = bytes[at] & 0xff;
      int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
      int known = 1;
      while (known < length && at + known < bytes.length && (bytes[at + known] & 0xc0) == 0x80) {
        known++;
      }
      boolean lead = first >= 0xc2 && first <= 0xf4;
      if (lead && known < length && at + known == bytes.length) {
        return 0;
      }
      String character = new String(bytes, at, lead ? known : 1, StandardCharsets.UTF_8);
      boolean valid =
          lead
              && Arrays.equals(
                  character.getBytes(StandardCharsets.UTF_8),
                  Arrays.copyOfRange(bytes, at, at + known));
      if (!valid) {
        // Not UTF-8; some terminals read such bytes as C1 controls.
        shown.writeBytes(String.format("\\x%02x", first).getBytes(StandardCharsets.US_ASCII));
        return 1;
      }
      shown.writeBytes(VisibleText.of(character).getBytes(StandardCharsets.UTF_8));
      return known;
    }

    /** Passes on that the terminal is closed, which a PrintStream only remembers. */
    @Override
    public void flush() throws IOException {
      if (terminal.checkError()) {
        throw new IOException("The terminal is closed");
      }
    }

    @Override
    public void close() {
      terminal.close();
    }
  }
}
