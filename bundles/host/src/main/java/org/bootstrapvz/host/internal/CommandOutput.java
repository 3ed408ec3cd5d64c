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

/** Reads the output of one command on two threads and passes on the lines one at a time. */
final class CommandOutput {
  /**
   * The number of lines kept of each stream, so that a flood on one does not displace the lines of
   * the other.
   */
  private static final int TAIL = 20;

  private static final int TAIL_LINE = 1000;
  private static final long IDLE_MILLIS = 300;

  /** More than a pipe buffers: output beyond this was not written by the command itself. */
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
   * Waits for the rest of the output after the command has ended. A daemon that it started may keep
   * the streams open; in this case, the command itself has no more output.
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

  /** Stops passing on lines. */
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

  /**
   * Returns the last lines of both streams in order of arrival, with a mark where lines were
   * dropped.
   */
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

  /** Returns the match of the last matching line on standard error. */
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
      // Reading continues so that the command does not block on a full pipe; the caller gets the
      // exception at the end.
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

  /** A line and its position among the lines of both streams. */
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
        // The stream was closed by this process because the command is being terminated.
      }
    }

    void awaitEnd() throws InterruptedException {
      do {
        join(IDLE_MILLIS);
      } while (isAlive() && !waiting);
    }
  }
}
