/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Splits a stream of bytes into lines. A carriage return ends a line, too, since progress bars
 * print it. Bytes that are not UTF-8 are replaced. A line that is longer than {@link #PART} is
 * passed on in parts, so that memory is bounded whatever a command prints.
 */
final class LineSplitter {
  /** The length in bytes from which a line is passed on in parts. */
  static final int PART = 64 << 10;

  /** The length in bytes of a part that must not be divided. Bytes beyond it are dropped. */
  static final int LIMIT = 1 << 20;

  /** Receives the lines. */
  interface Sink {
    /** A whole line. */
    void line(String line);

    /**
     * The text of a long line after the parts that were taken.
     *
     * @param last whether the line ends here; everything is taken then
     * @return how many characters are taken; may be 0 if a part must not be divided
     */
    int part(String text, boolean last);
  }

  private final Sink sink;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int nextPart = PART;
  private long dropped;
  private boolean divided;
  private boolean afterReturn;

  LineSplitter(Sink sink) {
    this.sink = sink;
  }

  void accept(byte[] bytes, int length) {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        keep(bytes, start, i);
        start = i + 1;
        // The line feed of a CR LF pair ends no further line, and neither does a CR at the start of
        // a line.
        if (started() || (bytes[i] == '\n' && !afterReturn)) {
          flush();
        }
        afterReturn = bytes[i] == '\r';
      } else {
        afterReturn = false;
      }
    }
    keep(bytes, start, length);
  }

  /** Passes on the text after the last end of line. */
  void end() {
    if (started()) {
      flush();
    }
  }

  private boolean started() {
    return line.size() > 0 || divided;
  }

  private void keep(byte[] bytes, int start, int end) {
    int room = Math.min(end - start, LIMIT - line.size());
    dropped += end - start - room;
    line.write(bytes, start, room);
    if (line.size() >= nextPart) {
      pass();
    }
  }

  /** Passes on as much of a long line as the sink takes. */
  private void pass() {
    byte[] bytes = line.toByteArray();
    int complete = completeCharacters(bytes);
    String text = new String(bytes, 0, complete, StandardCharsets.UTF_8);
    int taken = sink.part(text, false);
    // What is not taken now is offered again when there is more.
    byte[] rest = text.substring(taken).getBytes(StandardCharsets.UTF_8);
    line.reset();
    line.write(rest, 0, Math.min(rest.length, LIMIT));
    line.write(bytes, complete, bytes.length - complete);
    nextPart = line.size() < LIMIT ? Math.min(LIMIT, line.size() + PART) : Integer.MAX_VALUE;
    divided |= taken > 0;
  }

  /** The length without a character at the end of which bytes are still to come. */
  private static int completeCharacters(byte[] bytes) {
    int lead = bytes.length - 1;
    while (lead > bytes.length - 4 && (bytes[lead] & 0xC0) == 0x80) {
      lead--;
    }
    int length = (bytes[lead] & 0xE0) == 0xC0 ? 2 : (bytes[lead] & 0xF0) == 0xE0 ? 3 : 4;
    return bytes[lead] < 0 && (bytes[lead] & 0xC0) == 0xC0 && lead + length > bytes.length
        ? lead
        : bytes.length;
  }

  private void flush() {
    String text =
        line.toString(StandardCharsets.UTF_8)
            + (dropped > 0 ? "\u2026 [" + dropped + " bytes cut]" : "");
    boolean whole = !divided;
    line.reset();
    nextPart = PART;
    dropped = 0;
    divided = false;
    if (whole) {
      sink.line(text);
    } else {
      sink.part(text, true);
    }
  }
}
