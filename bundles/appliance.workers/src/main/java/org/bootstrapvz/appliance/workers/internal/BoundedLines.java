/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads lines of limited length in UTF-8. Used by one thread. */
final class BoundedLines {
  private final InputStream in;
  private final int longest;
  private boolean cutting;
  private boolean wasCut;

  /**
   * @param longest in bytes
   */
  BoundedLines(InputStream in, int longest) {
    this.in = new BufferedInputStream(in);
    this.longest = longest;
  }

  /** From now on cuts longer lines instead of failing. */
  BoundedLines cutting() {
    cutting = true;
    return this;
  }

  /** Whether the last line was longer than what {@link #next} returned. */
  boolean wasCut() {
    return wasCut;
  }

  /**
   * Returns the next line without its newline; empty at the end.
   *
   * @throws IOException if the line is too long
   */
  Optional<String> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    wasCut = false;
    int letter = in.read();
    if (letter < 0) {
      return Optional.empty();
    }
    for (; letter >= 0 && letter != '\n'; letter = in.read()) {
      if (line.size() < longest) {
        line.write(letter);
      } else if (cutting) {
        wasCut = true;
      } else {
        throw new IOException("A line has more than " + longest + " bytes");
      }
    }
    return Optional.of(line.toString(StandardCharsets.UTF_8));
  }
}
