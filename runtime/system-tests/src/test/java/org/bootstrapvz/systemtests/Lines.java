/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.function.Consumer;

/** Splits bytes that arrive in parts into lines, which end with LF, CR, or both. */
final class Lines {
  private final Consumer<String> receiver;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean afterReturn;

  Lines(Consumer<String> receiver) {
    this.receiver = receiver;
  }

  void add(byte[] part) {
    for (byte each : part) {
      if (each == '\n' && afterReturn) {
        afterReturn = false;
      } else if (each == '\n' || each == '\r') {
        afterReturn = each == '\r';
        pass();
      } else {
        afterReturn = false;
        line.write(each);
      }
    }
  }

  /** Passes on the last line if nothing ends it. */
  void end() {
    if (line.size() > 0) {
      pass();
    }
  }

  private void pass() {
    receiver.accept(line.toString(Charset.defaultCharset()));
    line.reset();
  }
}
