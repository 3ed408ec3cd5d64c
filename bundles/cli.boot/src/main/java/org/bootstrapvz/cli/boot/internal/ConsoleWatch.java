/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Copies the console of a machine to a stream without its control sequences, and waits for a
 * pattern in it.
 */
final class ConsoleWatch {
  /** Result of waiting. */
  enum Outcome {
    /** The pattern was seen. */
    SEEN,
    /** The machine stopped. */
    ENDED,
    /** The system cannot continue to boot, and waits for an administrator. */
    EMERGENCY,
    /** The time is up. */
    TIMEOUT
  }

  private static final String END = "";

  /** What systemd prints then, in the initramfs and later. */
  private static final Pattern EMERGENCY = Pattern.compile("You are in emergency mode");

  /** A control sequence at the end of a piece, of which the rest is still to come. */
  private static final Pattern INCOMPLETE = Pattern.compile("\\x1b(?:\\[[0-9;?=]{0,20}|[()])?$");

  private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
  private final Console console = new Console();
  private final PrintStream out;
  private String incomplete = "";

  /** Starts to read; the reading thread ends with the stream. */
  ConsoleWatch(InputStream serial, PrintStream out) {
    this.out = out;
    Thread reader = new Thread(() -> read(serial), "console");
    reader.setDaemon(true);
    reader.start();
  }

  /** The output so far. */
  Console console() {
    return console;
  }

  /** Waits until the pattern is seen, the boot fails, the machine stops or the time is up. */
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
      if (console.shows(EMERGENCY)) {
        return Outcome.EMERGENCY;
      }
    }
  }

  /** Copies until the machine stops. */
  void awaitEnd() throws InterruptedException {
    for (String piece = pieces.take(); !piece.equals(END); piece = pieces.take()) {
      pass(piece);
    }
  }

  private void pass(String piece) {
    String text = incomplete + piece;
    Matcher end = INCOMPLETE.matcher(text);
    int complete = end.find() ? end.start() : text.length();
    incomplete = text.substring(complete);
    out.print(Console.withoutControls(text.substring(0, complete)));
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
      // The machine was stopped.
    }
    pieces.add(END);
  }
}
