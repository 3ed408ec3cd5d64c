/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into lines. A carriage return ends a line too, as progress bars print
 * them; bytes that are not UTF-8 are replaced; what goes beyond {@link #LIMIT} is dropped.
 */
final class LineSplitter {
  /** Bytes a line may have: generous, for output that is data, and yet no danger to memory. */
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
        // The line feed of a CR LF pair has nothing of its own, nor has a CR at a line's beginning.
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

  /** Hands over what came after the last end of line. */
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
