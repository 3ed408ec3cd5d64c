/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Splits a stream of bytes into lines. A carriage return ends a line, too, since progress bars
 * print it. Bytes that are not UTF-8 are replaced, and bytes beyond {@link #LIMIT} are dropped.
 */
final class LineSplitter {
  /**
   * The maximum length of a line in bytes: large enough for output that is data, small enough for
   * the memory.
   */
  static final int LIMIT = 1 << 20;

  private final Consumer<String> sink;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean cut;
  private boolean afterReturn;

  LineSplitter(Consumer<String> sink) {
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
        if (line.size() > 0 || (bytes[i] == '\n' && !afterReturn)) {
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
    if (line.size() > 0) {
      flush();
    }
  }

  private void keep(byte[] bytes, int start, int end) {
    int room = Math.min(end - start, LIMIT - line.size());
    cut |= room < end - start;
    line.write(bytes, start, room);
  }

  private void flush() {
    String text = line.toString(StandardCharsets.UTF_8) + (cut ? "…" : "");
    line.reset();
    cut = false;
    sink.accept(text);
  }
}
