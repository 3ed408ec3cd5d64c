/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what one command prints, on two threads, and hands the lines on, one at a time. */
final class CommandOutput {
  /** Lines kept of each stream, so that a flood on one does not wash away the other. */
  private static final int TAIL = 20;

  private static final int TAIL_LINE = 1000;
  private static final long IDLE_MILLIS = 300;

  /** More than a pipe holds: what comes after it was not printed by the command. */
  private static final int REST = 1 << 20;

  private final Predicate<String> listener;
  private final Consumer<String> observer;
  private final Source standard;
  private final Source error;

  // Guarded by this.
  private final List<String> lines = new ArrayList<>();
  private final Deque<Printed> standardTail = new ArrayDeque<>();
  private final Deque<Printed> errorTail = new ArrayDeque<>();
  private int printed;
  private String lastError = "";
  private @Nullable RuntimeException failure;
  private boolean ended;
  private boolean closed;

  CommandOutput(Process process, Predicate<String> listener, Consumer<String> observer) {
    this.listener = listener;
    this.observer = observer;
    this.standard = new Source(process.getInputStream(), this::standardLine);
    this.error = new Source(process.getErrorStream(), this::errorLine);
  }

  void start() {
    standard.start();
    error.start();
  }

  /**
   * Waits, after the command has ended, for the rest of its output. A daemon that it left behind
   * may hold the streams open; then nothing more of the command itself can come.
   */
  void finish() throws InterruptedException {
    synchronized (this) {
      ended = true;
    }
    standard.awaitEnd();
    error.awaitEnd();
    close();
    rethrow();
  }

  /** Hands no more lines on. */
  synchronized void close() {
    if (!closed) {
      standard.lines.end();
      error.lines.end();
      closed = true;
    }
  }

  private synchronized void rethrow() {
    if (failure != null) {
      throw failure;
    }
  }

  synchronized List<String> lines() {
    return lines;
  }

  /** The last lines of both streams in the order they came, with a mark where some are left out. */
  synchronized List<String> tail() {
    List<String> shown = new ArrayList<>();
    int next = -1;
    for (Printed line :
        Stream.concat(standardTail.stream(), errorTail.stream()).sorted().toList()) {
      if (next >= 0 && line.number() > next) {
        shown.add("…");
      }
      shown.add(line.text());
      next = line.number() + 1;
    }
    return shown;
  }

  /** The match of the last line on standard error. */
  synchronized Matcher lastError(Pattern pattern) {
    return pattern.matcher(lastError);
  }

  private void standardLine(String line) {
    if (!taken(line, standardTail)) {
      lines.add(line);
    }
  }

  private void errorLine(String line) {
    lastError = line;
    taken(line, errorTail);
  }

  private boolean taken(String line, Deque<Printed> tail) {
    try {
      if (failure == null && listener.test(line)) {
        return true;
      }
      if (failure == null) {
        observer.accept(line);
      }
    } catch (RuntimeException e) {
      // The command must not hang on a full pipe, so reading goes on; the caller gets it at the
      // end.
      failure = e;
    }
    if (tail.size() == TAIL) {
      tail.removeFirst();
    }
    tail.add(
        new Printed(
            printed++, line.length() > TAIL_LINE ? line.substring(0, TAIL_LINE) + "…" : line));
    return false;
  }

  /** A line and its place among those of both streams. */
  private record Printed(int number, String text) implements Comparable<Printed> {
    @Override
    public int compareTo(Printed other) {
      return Integer.compare(number, other.number);
    }
  }

  private final class Source extends Thread {
    private final InputStream stream;
    private final LineSplitter lines;
    private int rest = REST;
    private volatile boolean waiting;

    Source(InputStream stream, Consumer<String> sink) {
      super("command output");
      setDaemon(true);
      this.stream = stream;
      this.lines = new LineSplitter(sink);
    }

    @Override
    public void run() {
      byte[] buffer = new byte[8192];
      try (stream) {
        while (true) {
          waiting = true;
          int length = stream.read(buffer);
          waiting = false;
          if (length < 0) {
            return;
          }
          synchronized (CommandOutput.this) {
            rest -= ended ? length : 0;
            if (closed || rest < 0) {
              return;
            }
            lines.accept(buffer, length);
          }
        }
      } catch (IOException e) {
        // The stream was closed from our side: the command is being ended.
      }
    }

    void awaitEnd() throws InterruptedException {
      do {
        join(IDLE_MILLIS);
      } while (isAlive() && !waiting);
    }
  }
}
