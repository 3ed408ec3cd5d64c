/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Logs each line that is printed to it. */
final class LoggedOutput extends ByteArrayOutputStream {
  private final Logger logger;

  LoggedOutput(Logger logger) {
    this.logger = logger;
  }

  @Override
  public synchronized void write(int letter) {
    if (letter == '\n') {
      String line = toString(StandardCharsets.UTF_8);
      reset();
      if (!line.isBlank()) {
        logger.log(Level.WARNING, "{0}", line);
      }
    } else {
      super.write(letter);
    }
  }

  @Override
  public synchronized void write(byte[] text, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      write(text[i]);
    }
  }
}
