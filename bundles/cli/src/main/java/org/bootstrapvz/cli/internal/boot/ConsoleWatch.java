/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Passes on what a machine writes to its console, and waits for a pattern in it. */
final class ConsoleWatch {
  /** How waiting ended. */
  enum Outcome {
    /** The pattern was seen. */
    SEEN,
    /** The machine ended. */
    ENDED,
    /** The time was over. */
    TIMEOUT
  }

  private static final String END = "";

  private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
  private final Console console = new Console();
  private final PrintStream out;

  /** Begins to read; the reading thread ends with the stream. */
  ConsoleWatch(InputStream serial, PrintStream out) {
    this.out = out;
    Thread reader = new Thread(() -> read(serial), "console");
    reader.setDaemon(true);
    reader.start();
  }

  /** What was seen so far. */
  Console console() {
    return console;
  }

  /** Waits until the pattern is seen, the machine ends or the time is over. */
  Outcome await(Pattern pattern, long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (true) {
      String piece = pieces.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (piece == null) {
        return Outcome.TIMEOUT;
      }
      if (piece.equals(END)) {
        return Outcome.ENDED;
      }
      pass(piece);
      if (console.shows(pattern)) {
        return Outcome.SEEN;
      }
    }
  }

  /** Passes on until the machine ends. */
  void awaitEnd() throws InterruptedException {
    for (String piece = pieces.take(); !piece.equals(END); piece = pieces.take()) {
      pass(piece);
    }
  }

  private void pass(String piece) {
    out.print(piece);
    out.flush();
    console.add(piece);
  }

  private void read(InputStream serial) {
    char[] buffer = new char[8192];
    try (Reader reader = new InputStreamReader(serial, StandardCharsets.UTF_8)) {
      for (int length = reader.read(buffer); length >= 0; length = reader.read(buffer)) {
        if (length > 0) {
          pieces.add(new String(buffer, 0, length));
        }
      }
    } catch (IOException e) {
      // The machine was ended; nothing more will come.
    }
    pieces.add(END);
  }
}
